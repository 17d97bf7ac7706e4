import 'reflect-metadata';
import { Environment } from './platform/environment';
import { migrate } from './platform/database/migrate';
import { createApplication } from './roles/create-application';
import { listen } from './roles/listen';
import { explainStartFailure } from './roles/explain-start-failure';

/** Starts the process with the roles it was given; whatever is wrong is one sentence and exit code 1. */
async function main(): Promise<void> {
  const environment = Environment.read(process.env);
  await migrate(environment.databaseUrl);
  const application = await createApplication(environment);
  application.enableShutdownHooks();
  await listen(application, environment);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exit(1);
});
