import type { DataSource } from 'typeorm';

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
}

/** Where an entity and its table differ, a sentence each. A column that no entity names is the table's own business. */
export async function compareEntities(dataSource: DataSource): Promise<string[]> {
  const stored = await dataSource.query<Column[]>(`
    select relation.relname as table, attribute.attname as name, format_type(atttypid, atttypmod) as type,
           not attnotnull as nullable
    from pg_attribute attribute join pg_class relation on relation.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped`);
  const byName = new Map(stored.map((column) => [`${column.table}.${column.name}`, column]));
  return dataSource.entityMetadatas.flatMap((entity) =>
    entity.columns.flatMap((column) => {
      const name = `${entity.tableName}.${column.databaseName}`;
      const type = dataSource.driver.normalizeType(column).replace('timestamptz', 'timestamp with time zone');
      const expected = column.isArray ? `${type}[]` : type;
      const found = byName.get(name);
      if (!found) return [`${name}: the entity has it, the table does not.`];
      if (found.type !== expected) return [`${name}: the entity says ${expected}, the table ${found.type}.`];
      if (found.nullable !== column.isNullable)
        return [`${name}: entity and table differ in whether it may be null.`];
      return [];
    }),
  );
}
