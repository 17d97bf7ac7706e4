import 'reflect-metadata';
import { migrate } from '../src/platform/database/migrate';
import { explainStartFailure } from '../src/roles/explain-start-failure';
import { databaseUrl } from './database-url';

/** Brings the database up to date, for those who do it before the application starts. */
databaseUrl()
  .then(migrate)
  .then(() => process.stdout.write('The database is up to date.\n'))
  .catch((error: unknown) => {
    process.stderr.write(`${explainStartFailure(error)}\n`);
    process.exitCode = 1;
  });
