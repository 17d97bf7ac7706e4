import { join } from 'node:path';
import { DataSource } from 'typeorm';
import './create-pool';

/** TypeORM over the entities of the folders of the flow and the migrations; nothing is synchronised on its own. */
export function createDataSource(url: string): DataSource {
  const root = join(__dirname, '..', '..');
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'karmagate-entities',
    entities: [join(root, '{people,karma,rules,membership,jobs,chats}', '*.entity.{js,ts}')],
    migrations: [join(root, '..', 'migrations', '*.{js,ts}')],
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolSize: 10,
  });
}
