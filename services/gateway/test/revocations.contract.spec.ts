import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '#adapters/auth/principal.ts';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { MemoryRevocations } from '../revocations.memory.ts';
import { RedisRevocations } from '../revocations.redis.ts';
import type { Revocations } from '../revocations.ts';

const PREFIX = 'gateway-revocations-test';

const OPENERS: Readonly<Record<string, () => Promise<Revocations>>> = {
  memory: () => Promise.resolve(new MemoryRevocations()),
  redis: async () => {
    const connection = connectRedis();
    await emptyRedis(connection, PREFIX);
    return new RedisRevocations(connection, PREFIX);
  },
};

describe.each(process.env['SHOP_TEST'] === 'engines' ? ['redis'] : ['memory'])(
  'revocations in %s',
  (name) => {
    let revocations: Revocations;
    const now = Date.now();
    const until = now + 300_000;
    const ada = (changes: Partial<User> = {}): User => ({
      kind: 'user',
      userId: 'ada',
      email: 'ada@example.com',
      name: 'Ada',
      roles: ['customer'],
      issuedAt: now - 1_000,
      sessionId: 's-1',
      ...changes,
    });
    beforeEach(async () => {
      const opened = await OPENERS[name]?.();
      if (!opened) throw new Error(`no revocations in ${name}`);
      revocations = opened;
    });
    const revoke = (subject: string, issuedBefore: number, keptSession?: string): Promise<void> =>
      revocations.revoke([{ subject, issuedBefore, keptSession, until }]);

    it('are empty at first', async () => {
      expect(await revocations.isRevoked(ada())).toBe(false);
    });

    it('of a session apply to its tokens, whenever issued, and to no others', async () => {
      await revoke('session:s-1', until);
      expect(await revocations.isRevoked(ada())).toBe(true);
      expect(await revocations.isRevoked(ada({ issuedAt: now + 1_000 }))).toBe(true);
      expect(await revocations.isRevoked(ada({ sessionId: 's-2' }))).toBe(false);
      expect(await revocations.isRevoked(ada({ sessionId: undefined }))).toBe(false);
    });

    it('of a user apply to tokens issued before, except those of the kept session', async () => {
      await revoke('user:ada', now, 's-1');
      expect(await revocations.isRevoked(ada({ sessionId: 's-2' }))).toBe(true);
      expect(await revocations.isRevoked(ada({ sessionId: undefined }))).toBe(true);
      expect(await revocations.isRevoked(ada())).toBe(false);
      expect(await revocations.isRevoked(ada({ sessionId: 's-3', issuedAt: now }))).toBe(false);
      expect(await revocations.isRevoked(ada({ userId: 'bob', sessionId: 's-2' }))).toBe(false);
    });

    it('of one user: the latest counts, in whatever order they arrive', async () => {
      await revoke('user:ada', now, 's-2');
      await revoke('user:ada', now - 500, 's-1');
      expect(await revocations.isRevoked(ada())).toBe(true);
      expect(await revocations.isRevoked(ada({ sessionId: 's-2' }))).toBe(false);
    });

    it('may arrive concurrently and repeatedly', async () => {
      const several = ['session:s-1', 'session:s-2'].map((subject) => ({
        subject,
        issuedBefore: until,
        until,
      }));
      await revocations.revoke(several);
      await revocations.revoke(several);
      expect(await revocations.isRevoked(ada({ sessionId: 's-2' }))).toBe(true);
    });

    it('are dropped when they are over', async () => {
      await revocations.revoke([{ subject: 'session:s-1', issuedBefore: until, until: now - 1 }]);
      expect(await revocations.isRevoked(ada())).toBe(false);
    });
  },
);
