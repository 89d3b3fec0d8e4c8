import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPg } from '#adapters/postgres/pg-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { InvalidConfig } from '#adapters/service/config.ts';
import type { Attachment } from '#adapters/service/module.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import {
  startPrivatePostgres,
  startPrivateReplica,
  type PrivatePostgres,
} from '#test/kit/private-postgres.ts';
import { openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';
import type { UserUseCases } from '../adapters/http/handlers.ts';
import { assemble } from '../main/compose.ts';
import { readUserConfig } from '../main/config.ts';
import { user as userModule } from '../main/module.ts';
import { openSecurity } from '../main/security.ts';
import { CHEAP, NETWORK, PASSWORD } from './service.ts';

const ADA = {
  email: 'ada@example.com',
  password: PASSWORD,
  firstName: 'Ada',
  lastName: 'Lovelace',
  network: NETWORK,
};
const LAG_MS = 400;

let primary: PrivatePostgres;
let standby: PrivatePostgres;
/** What happens at the replica by itself. */
let replica: SqlDatabase;
let toolbox: TestToolbox;
const open: Attachment[] = [];

beforeAll(async () => {
  primary = await startPrivatePostgres();
  standby = await startPrivateReplica(primary);
  vi.stubEnv('TEST_DATABASE_URL', primary.url);
  atEnd(() => vi.unstubAllEnvs());
});

const replicaUrl = (): string =>
  standby.url.replace(/postgres$/, `test_${process.env['VITEST_POOL_ID'] ?? '1'}`);

/** One of the service's instances; they share databases and settings. */
const openInstance = async (readUrl = replicaUrl()) => {
  const config = readUserConfig(CHEAP);
  const metrics = new Metrics('user');
  const env = { READ_URL: readUrl, READ_LAG_MS: String(LAG_MS), DATABASE_POOL: '2' };
  const security = await openSecurity(toolbox, config);
  const { attachments, useCases: users } = assemble({ ...toolbox, metrics, env }, config, security);
  open.push(...attachments);
  const read = async (userId: string) => {
    const found = await users.queries.find(userId);
    return found && { firstName: found.firstName, version: found.version };
  };
  const replicaReads = async (): Promise<number> => {
    const [, count = '0'] =
      /_reads_total[{][^}]*from="replica"[^}]*[}] (\d+)/.exec(await metrics.text()) ?? [];
    return Number(count);
  };
  return {
    users,
    attachments,
    read,
    /** Reads until the replica answers; then it is trusted. */
    readAtReplica: async (userId: string) => {
      const before = await replicaReads();
      let found: Awaited<ReturnType<typeof read>>;
      await until(async () => {
        found = await read(userId);
        return (await replicaReads()) > before;
      });
      return found;
    },
    replicaReads,
  };
};

const register = async (users: UserUseCases): Promise<string> => {
  const opened = await users.registerUser(ADA);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value.userId;
};
const rename = (users: UserUseCases, userId: string, firstName: string) =>
  users.updateProfile({
    userId,
    basedOn: undefined,
    name: { firstName, lastName: 'Lovelace' },
    avatarMediaId: undefined,
  });

describe('with a replica to read from', () => {
  beforeEach(async () => {
    toolbox = await openToolbox('postgres', userModule);
    replica = openPg({ url: replicaUrl(), poolSize: 2, statementTimeoutMs: 5_000, onError: () => undefined });
    await until(() =>
      replica.query('select 1').then(
        () => true,
        () => false,
      ),
    );
  });
  afterEach(async () => {
    await replica.query('select pg_wal_replay_resume()');
    await replica.close();
    for (const attachment of open.splice(0)) await attachment.stop();
  });

  it('profiles are read from the replica', async () => {
    const { users, attachments, readAtReplica } = await openInstance();
    for (const attachment of attachments) await attachment.start();
    expect(await readAtReplica(await register(users))).toEqual({ firstName: 'Ada', version: 1 });
  });

  it('no instance returns less than was confirmed while the replica lags', async () => {
    const [one, other] = [await openInstance(), await openInstance()];
    const userId = await register(one.users);
    await one.readAtReplica(userId);
    await other.readAtReplica(userId);
    await replica.query('select pg_wal_replay_pause()');
    await rename(one.users, userId, 'Augusta');
    for (const { read } of [one, other])
      expect(await read(userId)).toEqual({ firstName: 'Augusta', version: 2 });
    expect(await replica.query('select first_name from users.users')).toEqual([{ first_name: 'Ada' }]);

    await replica.query('select pg_wal_replay_resume()');
    expect(await other.readAtReplica(userId)).toEqual({ firstName: 'Augusta', version: 2 });
  });

  it('passwords and sessions are read from the primary', async () => {
    const { users, replicaReads } = await openInstance();
    const userId = await register(users);
    await replica.query('select pg_wal_replay_pause()');
    const newPassword = 'another good password';
    const change = { userId, currentPassword: PASSWORD, newPassword, sessionId: undefined, network: NETWORK };
    expect((await users.changePassword(change)).ok).toBe(true);
    expect((await users.logIn(ADA)).ok).toBe(false);
    const grant = await users.logIn({ ...ADA, password: newPassword });
    if (!grant.ok) throw new Error(grant.error.code);
    expect((await users.refreshSession(grant.value.refreshToken)).ok).toBe(true);
    expect(await replicaReads()).toBe(0);
  });

  it('the primary serves reads while the replica is unavailable, or if it is not a replica', async () => {
    const { users, read } = await openInstance('postgres://postgres@127.0.0.1:1/nowhere');
    const userId = await register(users);
    expect(await read(userId)).toMatchObject({ firstName: 'Ada' });

    const stranger = await openInstance(primary.url);
    const started = Promise.all(stranger.attachments.map((attachment) => attachment.start()));
    await expect(started).rejects.toThrow(InvalidConfig);
    expect(await stranger.read(userId)).toMatchObject({ firstName: 'Ada' });
    expect(await stranger.replicaReads()).toBe(0);
  });
});
