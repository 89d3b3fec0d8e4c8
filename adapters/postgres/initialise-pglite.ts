import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/** A worker: creates an empty data folder at the path that it is given. */
await (await PGlite.create({ dataDir: String(workerData) })).close();
