import { httpJson } from '../../launch/demo/http-json';
import type { Signer } from '../load/signed-request';
import { ADMIN_TOKEN, type Application, startApplication } from '../surroundings/application';
import type { BenchDatabase } from '../surroundings/database';
import type { Stand } from '../surroundings/stand';

/** The product on a database, and a source that signs. */
export interface Side {
  database: BenchDatabase;
  application: Application;
  source: { id: number; signer: Signer };
}

export async function openSide(
  stand: Stand,
  database: BenchDatabase,
  variables: { ROLES: string } & Record<string, string>,
): Promise<Side> {
  const application = await startApplication(stand, { DATABASE_URL: database.url, ...variables });
  const { source, key } = await httpJson<{
    source: { id: number };
    key: { id: number; signingSecret: string };
  }>('POST', `${application.url}/v1/sources`, { name: 'bench' }, ADMIN_TOKEN);
  const signer = { keyId: key.id, signingSecret: key.signingSecret };
  return { database, application, source: { id: source.id, signer } };
}
