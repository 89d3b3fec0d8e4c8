import { beforeEach, describe, expect, it } from 'vitest';
import { Replica } from './replica.ts';
import { sqlFrom, type Sql, type SqlResult } from './sql.ts';

const LAG_MS = 50;

describe('a replica', () => {
  let now: number;
  /** Where the primary writes, and up to where the replica has come. */
  let written: number;
  let held: number;
  let follows: boolean;
  let failure: Error | undefined;
  /** The replica answers behind it. */
  let gate: Promise<void>;
  let errors: unknown[];
  let replica: Replica;

  const answering = (answer: (params: readonly unknown[]) => object | Promise<object>): Sql =>
    sqlFrom(async <Row>(_: string, params: readonly unknown[] = []): Promise<SqlResult<Row>> => ({
      rows: [(await answer(params)) as Row],
      changed: 0,
    }));
  const turn = (): Promise<void> => new Promise(setImmediate);
  /** Where a read went; a look that it began is over, unless the replica keeps it waiting. */
  const read = async (): Promise<string> => {
    const where = await replica.read(
      () => (failure ? Promise.reject(failure) : Promise.resolve('replica')),
      () => Promise.resolve('primary'),
    );
    await turn();
    return where;
  };

  beforeEach(() => {
    [now, written, held, follows, failure, errors] = [0, 1, 1, true, undefined, []];
    gate = Promise.resolve();
    replica = new Replica({
      primary: answering(() => ({ lsn: String(written), cluster: 'c' })),
      replica: answering(async ([wanted]) => {
        await gate;
        if (failure) throw failure;
        return { follows, holds: held >= Number(wanted) };
      }),
      lagMs: LAG_MS,
      now: () => now,
      onRead: () => undefined,
      onError: (error) => errors.push(error),
    });
  });

  it('is read once it has caught up, for a limited time', async () => {
    expect(await read()).toBe('primary');
    expect(await read()).toBe('replica');
    written = 2;
    now = LAG_MS - 1;
    expect(await read()).toBe('replica');
    now = LAG_MS;
    expect(await read()).toBe('primary');
  });

  it('is trusted from the start of a check, however long the check takes', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    gate = promise.then(() => undefined);
    expect(await read()).toBe('primary');
    now = LAG_MS / 2 - 1;
    resolve(undefined);
    await turn();
    expect(await read()).toBe('replica');
    written = 2;
    now = LAG_MS;
    expect(await read()).toBe('primary');
  });

  it('remains trusted while it is read steadily', async () => {
    await read();
    for (let look = 0; look < 10; look += 1) {
      now += LAG_MS / 2;
      expect(await read()).toBe('replica');
    }
  });

  it('releases a writer as soon as it has the write', async () => {
    held = 0;
    let isSettled = false;
    const settled = replica.settled().then(() => (isSettled = true));
    await turn();
    expect(isSettled).toBe(false);
    held = 1;
    await settled;
    expect(await read()).toBe('replica');
  });

  it('releases a writer once no reader can trust the replica, even if it does not respond', async () => {
    gate = new Promise(() => undefined);
    let isSettled = false;
    const settled = replica.settled().then(() => (isSettled = true));
    now = LAG_MS - 1;
    await turn();
    expect(isSettled).toBe(false);
    now = LAG_MS;
    await settled;
  });

  it('is distrusted after an error, which is reported once', async () => {
    await read();
    failure = new Error('gone');
    expect(await read()).toBe('primary');
    now = LAG_MS;
    expect(await read()).toBe('primary');
    failure = undefined;
    now = 2 * LAG_MS;
    await read();
    expect(await read()).toBe('replica');
    expect(errors).toHaveLength(1);
  });

  it('is not trusted because of a check that began before it was doubted', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    gate = promise.then(() => undefined);
    expect(await read()).toBe('primary');
    replica.doubt(new Error('the connection broke'));
    resolve(undefined);
    await turn();
    expect(await read()).toBe('primary');
  });

  it('is never read when it follows another primary', async () => {
    follows = false;
    expect(await replica.follows()).toBe(false);
    expect(await read()).toBe('primary');
    expect(await read()).toBe('primary');
    expect(errors).toHaveLength(1);
  });
});
