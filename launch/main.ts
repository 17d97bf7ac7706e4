import 'reflect-metadata';
import { explainStartFailure } from '../src/roles/explain-start-failure';
import { Launch } from './launch';
import { LaunchError } from './launch-error';

/** `npm start`: starts what is missing, then the application; one sentence and exit code 1 when it cannot. */
const launch = new Launch(process.env);
const started = launch.start().then(
  () => true,
  (error: unknown) => {
    tell(error);
    return false;
  },
);

/** What is half started is started to its end first, because only then is it known what there is to stop. */
async function stop(): Promise<never> {
  const failed = !(await started);
  await launch.stop().catch(tell);
  process.exit(failed ? 1 : 0);
}

function tell(error: unknown): void {
  const sentence = error instanceof LaunchError ? error.message : explainStartFailure(error);
  process.stderr.write(`${sentence}\n`);
}

/** npm passes a Ctrl-C on that the terminal has sent already: only a later one is impatience. */
const IMPATIENT_AFTER_MS = 1000;

let stopping: Promise<never> | undefined;
let interruptedAt: number | undefined;
function interrupt(): void {
  if (interruptedAt !== undefined && performance.now() - interruptedAt > IMPATIENT_AFTER_MS) process.exit(1);
  interruptedAt ??= performance.now();
  stopping ??= stop();
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
void started.then((ok) => {
  if (!ok) stopping ??= stop();
});
