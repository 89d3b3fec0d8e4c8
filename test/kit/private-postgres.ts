import { z } from 'zod';
import { emptyCluster, postgresFor, replicaOf } from '#scripts/engines/postgres.ts';
import { startPrivateEngine, type PrivateEngine } from './private-engine.ts';

export interface PrivatePostgres extends Pick<PrivateEngine, 'stop'> {
  readonly url: string;
}

/** Of `postgresql.conf`. */
type Settings = Readonly<Record<string, string>>;

const start = async (
  fill: ReturnType<typeof emptyCluster>,
  settings: Settings = {},
): Promise<PrivatePostgres> => {
  const { addresses, stop } = await startPrivateEngine(
    postgresFor([], { fill, settings: { fsync: 'off', ...settings } }),
  );
  return { url: z.string().parse(addresses['url']), stop };
};

/** An empty PostgreSQL of our own, which loses its data when the machine does. */
export const startPrivatePostgres = (settings?: Settings): Promise<PrivatePostgres> =>
  start(emptyCluster('--no-sync'), settings);

/** A streaming replica of it, with all its databases and its password. */
export const startPrivateReplica = async ({ url }: PrivatePostgres): Promise<PrivatePostgres> => {
  const replica = await start(replicaOf(url));
  const own = new URL(url);
  own.port = new URL(replica.url).port;
  return { ...replica, url: own.href };
};
