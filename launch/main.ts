import 'reflect-metadata';
import { explainStartFailure } from '../src/roles/explain-start-failure';
import { LaunchError } from './launch-error';
import { launch } from './launch';

/** `npm start`: starts what is missing, then the application; one sentence and exit code 1 when it cannot. */
async function main(): Promise<void> {
  const running = await launch(process.env);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(error: unknown): void {
  const known = error instanceof LaunchError;
  process.stderr.write(`${known ? error.message : explainStartFailure(error)}\n`);
  process.exit(1);
}

main().catch(fail);
