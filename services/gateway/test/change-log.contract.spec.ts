import { beforeEach, describe, expect, it } from 'vitest';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { MemoryChangeLog } from '../staff-events/change-log.memory.ts';
import { RedisChangeLog } from '../staff-events/change-log.redis.ts';
import type { ChangeLog } from '../staff-events/change-log.ts';
import type { Change } from '../staff-events/changes.ts';

const PREFIX = 'gateway-changes-test';

const OPENERS: Readonly<Record<string, () => Promise<ChangeLog>>> = {
  memory: () => Promise.resolve(new MemoryChangeLog()),
  redis: async () => {
    const connection = connectRedis();
    await emptyRedis(connection, PREFIX);
    return new RedisChangeLog(connection, PREFIX);
  },
};

const noAdapter = (): never => {
  throw new Error('there is no such log');
};

const order = (id: string): Change => ({ kind: 'order', id });

describe.each(process.env['SHOP_TEST'] === 'engines' ? ['redis'] : ['memory'])(
  'a log of changes in %s',
  (name) => {
    let log: ChangeLog;

    beforeEach(async () => {
      log = await (OPENERS[name] ?? noAdapter)();
    });

    it('returns what came after a position, in order', async () => {
      await log.append([order('before')]);
      const start = await log.end();
      await log.append([order('1'), { kind: 'stock', id: 'ABC' }]);
      await log.append([order('2')]);
      const first = await log.after(start);
      expect(first).toEqual({
        changes: [order('1'), { kind: 'stock', id: 'ABC' }, order('2')],
        position: await log.end(),
      });
      expect(await log.after(first?.position ?? '')).toEqual({ changes: [], position: first?.position });
    });

    it('has a position before anything has happened', async () => {
      const start = await log.end();
      expect(start).toMatch(/^\d+-\d+$/);
      await log.append([order('1')]);
      expect((await log.after(start))?.changes).toEqual([order('1')]);
    });

    it('does not know what is gone, or of another log', async () => {
      const start = await log.end();
      for (let time = 0; time < 2_500; time += 1) await log.append([order(String(time))]);
      expect(await log.after(start)).toBeUndefined();
      expect(await log.after('1-1')).toBeUndefined();
      expect(await log.after(await log.end())).toMatchObject({ changes: [] });
    });
  },
);
