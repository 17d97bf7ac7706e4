import { Client } from 'pg';
import { startPostgres } from '../../launch/postgres';

// A launcher to be killed: node -r register-typescript.cjs launch-postgres.ts <dataDir>
// It says "ready <url>", and on Ctrl-C it uses the database once more before it stops it, as the application does.
async function main(): Promise<void> {
  const [dataDir = ''] = process.argv.slice(2);
  const postgres = await startPostgres({ dataDir, log: (sentence) => process.stdout.write(`${sentence}\n`) });
  const keepAlive = setInterval(() => undefined, 60_000);
  process.once('SIGINT', () => {
    void (async () => {
      const client = new Client({ connectionString: postgres.url });
      await client.connect();
      await client.query('create table if not exists drained (at timestamptz)');
      await client.end();
      await postgres.stop();
      clearInterval(keepAlive);
      process.stdout.write('drained\n');
    })();
  });
  process.stdout.write(`ready ${postgres.url}\n`);
}

main().catch((error: Error) => {
  process.stdout.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
