import { Client } from 'pg';
import { dumpSchema } from '../../scripts/dump-schema';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('the description of the schema', () => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  it('is the same for every database that the migrations made, and describes our own tables alone', async () => {
    const schema = await dumpSchema(client);

    const again = await createTestDatabase();
    const other = new Client({ connectionString: again.url });
    await other.connect();
    expect(await dumpSchema(other)).toBe(schema);
    await other.end();
    await again.drop();
    expect(schema).toContain('CREATE TABLE members (');
    expect(schema).not.toMatch(/migrations|bullmq|public\./i);
  });

  it('can be read back by Postgres and then describes itself', async () => {
    const schema = await dumpSchema(client);
    await client.query('drop schema public cascade; create schema public');

    await client.query('set check_function_bodies = off');
    await client.query(schema);

    expect(await dumpSchema(client)).toBe(schema);
  });

  it('shows what a change touches', async () => {
    const before = statements(await dumpSchema(client));
    await client.query(`
      create type mood as enum ('sour', 'sweet');
      create domain stripes as integer check (value > 0);
      create table zebra (
        id bigint generated always as identity primary key,
        mood mood default 'sour',
        name varchar(10) collate "C" not null,
        length integer generated always as (length(name)) stored,
        parent bigint references zebra on delete cascade,
        constraint zebra_name check (name <> '')
      ) with (fillfactor = 71);
      create unique index zebra_sweet on zebra (name desc) where mood = 'sweet';
      comment on table zebra is 'has stripes';
      comment on column zebra.mood is 'it''s moody';
      create function zebra_stripes() returns trigger language plpgsql as 'begin return new; end';
      create trigger zebra_stripes before update on zebra for each row execute function zebra_stripes();
    `);

    const added = statements(await dumpSchema(client)).filter((statement) => !before.includes(statement));

    expect(added).toEqual([
      "CREATE TYPE mood AS ENUM ('sour', 'sweet');",
      'CREATE DOMAIN stripes AS integer CONSTRAINT stripes_check CHECK ((VALUE > 0));',
      [
        'CREATE TABLE zebra (',
        '  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,',
        "  mood mood DEFAULT 'sour'::mood,",
        '  name character varying(10) COLLATE "C" NOT NULL,',
        '  length integer GENERATED ALWAYS AS (length((name)::text)) STORED,',
        '  parent bigint,',
        '  CONSTRAINT zebra_pkey PRIMARY KEY (id),',
        '  CONSTRAINT zebra_parent_fkey FOREIGN KEY (parent) REFERENCES zebra(id) ON DELETE CASCADE,',
        "  CONSTRAINT zebra_name CHECK (((name)::text <> ''::text))",
        ') WITH (fillfactor=71);',
      ].join('\n'),
      [
        'CREATE OR REPLACE FUNCTION zebra_stripes()',
        ' RETURNS trigger',
        ' LANGUAGE plpgsql',
        'AS $function$begin return new; end$function$;',
      ].join('\n'),
      "CREATE UNIQUE INDEX zebra_sweet ON zebra USING btree (name DESC) WHERE (mood = 'sweet'::mood);",
      'CREATE TRIGGER zebra_stripes BEFORE UPDATE ON zebra FOR EACH ROW EXECUTE FUNCTION zebra_stripes();',
      "COMMENT ON COLUMN zebra.mood IS 'it''s moody';",
      "COMMENT ON TABLE zebra IS 'has stripes';",
    ]);
  });
});

function statements(schema: string): string[] {
  return schema.trim().split('\n\n');
}
