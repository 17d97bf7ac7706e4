import { createDataSource } from './create-data-source';

/** For the TypeORM command line, which wants a file whose only export is a data source. */
export const dataSource = createDataSource(process.env['DATABASE_URL'] ?? '');
