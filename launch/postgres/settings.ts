import { LaunchError } from '../launch-error';

/** Values of postgresql.conf by name; they are given on the command line and so win over the file. */
export type PostgresSettings = Readonly<Record<string, string | number | boolean>>;

/** For a machine that runs everything at once. Durability is not for sale: what was acknowledged survives a power cut. */
const DEFAULTS: PostgresSettings = {
  shared_buffers: '256MB',
  max_connections: 200,
  fsync: true,
  synchronous_commit: true,
  full_page_writes: true,
  // The data lies on an SSD nowadays, where a random read costs about as much as the next one.
  random_page_cost: 1.1,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: false,
};

/** Not to be overridden: they keep the server private to this machine. */
const FIXED: PostgresSettings = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

export function commandLineSettings(own: PostgresSettings, port: number): string[] {
  const settings = { ...DEFAULTS, ...own, ...FIXED, port };
  return Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/.test(name)) {
      throw new LaunchError(`"${name}" is not the name of a PostgreSQL setting.`);
    }
    return `${name}=${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`;
  });
}
