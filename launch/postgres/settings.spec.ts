import { commandLineSettings } from './settings';

describe('the settings of the embedded PostgreSQL', () => {
  it('can be overridden one by one', () => {
    const settings = commandLineSettings({ shared_buffers: '1GB', fsync: false }, 5432);

    expect(settings).toEqual(
      expect.arrayContaining(['shared_buffers=1GB', 'fsync=off', 'max_connections=200', 'port=5432']),
    );
  });

  it('stay on the loopback whatever is asked for', () => {
    expect(commandLineSettings({ listen_addresses: '*' }, 5432)).toContain('listen_addresses=127.0.0.1');
  });

  it('are refused when a name could be anything else', () => {
    expect(() => commandLineSettings({ 'work_mem=1 -c fsync': 'off' }, 5432)).toThrow(
      'not the name of a PostgreSQL setting',
    );
  });
});
