import { z } from 'zod';
import { Replica } from '../postgres/replica.ts';
import type { SqlDatabase } from '../postgres/sql.ts';
import { InvalidConfig, readConfig } from './config.ts';
import type { Attachment, Toolbox } from './module.ts';
import { openPool } from './store.ts';

const SETTINGS = {
  READ_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  READ_LAG_MS: z.coerce.number().int().min(10).max(60_000).default(1_000),
};

export interface OpenedReplica {
  readonly replica: Replica;
  /** To read from, within `replica.read`. */
  readonly database: SqlDatabase;
  /** Checks at the start that it is a replica; an unavailable one may appear later. */
  readonly attachment: Attachment;
}

/** The replica of `primary` in `READ_URL`, if set. Throws `InvalidConfig`. */
export const openReplica = (
  { env, logger, metrics }: Pick<Toolbox, 'env' | 'logger' | 'metrics'>,
  primary: SqlDatabase,
): OpenedReplica | undefined => {
  const { READ_URL: url, READ_LAG_MS: lagMs } = readConfig(SETTINGS, env);
  if (url === undefined) return undefined;
  const database = openPool(url, env, (error) => {
    replica.doubt(error);
  });
  const reads = metrics.counter('database_reads_total', 'Reads that a replica may answer', ['from']);
  const replica = new Replica({
    primary,
    replica: database,
    lagMs,
    onRead: (from) => {
      reads.inc({ from });
    },
    onError: (error) => {
      logger.warn({ err: error }, 'the replica fails; the primary is read');
    },
  });
  const start = async (): Promise<void> => {
    const follows = await replica.follows().catch((error: unknown) => {
      replica.doubt(error);
      return true;
    });
    if (!follows) throw new InvalidConfig(['READ_URL: is not a replica of the service’s database']);
  };
  return { replica, database, attachment: { start, stop: () => database.close() } };
};
