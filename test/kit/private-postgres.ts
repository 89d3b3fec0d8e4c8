import { z } from 'zod';
import { emptyCluster, postgresFor, replicaOf } from '#scripts/engines/postgres.ts';
import { startPrivateEngine, type PrivateEngine } from './private-engine.ts';

export interface PrivatePostgres extends Pick<PrivateEngine, 'stop'> {
  readonly url: string;
}

const start = async (fill: ReturnType<typeof emptyCluster>): Promise<PrivatePostgres> => {
  const { addresses, stop } = await startPrivateEngine(postgresFor([], { fill, settings: { fsync: 'off' } }));
  return { url: z.string().parse(addresses['url']), stop };
};

/** An empty PostgreSQL of our own, which loses its data when the machine does. */
export const startPrivatePostgres = (): Promise<PrivatePostgres> => start(emptyCluster('--no-sync'));

/** A streaming replica of it, with all its databases and its password. */
export const startPrivateReplica = async ({ url }: PrivatePostgres): Promise<PrivatePostgres> => {
  const replica = await start(replicaOf(url));
  const own = new URL(url);
  own.port = new URL(replica.url).port;
  return { ...replica, url: own.href };
};
