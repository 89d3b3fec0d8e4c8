import { beforeEach, describe, expect, it } from 'vitest';
import { memoryChunks } from '#adapters/memory/chunks.ts';
import { chunkCollection, mongoChunks } from '#adapters/mongo/chunks.ts';
import { chunkTable, postgresChunks } from '#adapters/postgres/chunks.ts';
import type { Store } from '#adapters/service/module.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { START, type Chunks } from '#kernel/chunks.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';

const open = (store: Store): Chunks => {
  switch (store.kind) {
    case 'memory':
      return memoryChunks(store.database);
    case 'sql':
      return postgresChunks(store.database, store.schema);
    case 'mongo':
      return mongoChunks(store.database);
    case 'redis':
      throw new Error('chunks are not kept in Redis');
  }
};

describe.each(storesWith('mongo'))('chunks in %s', (store) => {
  let chunks: Chunks;
  const [one, other] = [systemIds.next(), systemIds.next()];
  const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
  const all = async (owner: string, kind = 'part', after = START, limit = 10) =>
    (await chunks.after(owner, kind, after, limit)).map(({ number, bytes: found }) => [number, ...found]);

  beforeEach(async () => {
    const toolbox = await openToolbox(store, {
      name: 'chunky',
      migrations: [{ name: '0001', up: [chunkTable('chunky')] }],
      collections: [chunkCollection],
    });
    chunks = open(toolbox.store);
    await chunks.put(one, 'part', 10, bytes(0, 255));
    await chunks.put(one, 'part', 2, bytes());
    await chunks.put(one, 'rejected', 0, bytes(7));
    await chunks.put(other, 'part', 2, bytes(9));
  });

  it('are read in the order of their numbers', async () => {
    expect(await all(one)).toEqual([[2], [10, 0, 255]]);
    expect(await all(one, 'part', 2)).toEqual([[10, 0, 255]]);
    expect(await all(one, 'part', START, 1)).toEqual([[2]]);
    expect(await all(one, 'rejected')).toEqual([[0, 7]]);
  });

  it('are replaced under the same number', async () => {
    await chunks.put(one, 'part', 10, bytes(1));
    await chunks.put(one, 'part', 10, bytes(2));
    expect(await all(one)).toEqual([[2], [10, 2]]);
  });

  it('are removed by kind, from a number on, or all together', async () => {
    await chunks.remove(one, 'part', 3);
    expect([await all(one), await all(one, 'rejected')]).toEqual([[[2]], [[0, 7]]]);
    await chunks.remove(one);
    expect([await all(one), await all(one, 'rejected'), await all(other)]).toEqual([[], [], [[2, 9]]]);
  });
});
