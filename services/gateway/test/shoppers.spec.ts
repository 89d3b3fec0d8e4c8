import { beforeEach, describe, expect, it } from 'vitest';
import type { CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { KNOWN_MS, Shoppers } from '../shoppers.ts';

const USER = systemIds.next();
const SHOPPER = '7d4e1f7a-5b0c-4c8e-9a53-2f1d0c9b8a76';

describe('pseudonyms of users', () => {
  let now: number;
  let calls: { readonly userIds: readonly string[]; readonly answer: PromiseWithResolvers<CallAnswer> }[];
  let metrics: Metrics;
  let warnings: number;
  let shoppers: Shoppers;

  beforeEach(() => {
    now = 1_000;
    calls = [];
    metrics = new Metrics('gateway');
    warnings = 0;
    const client: ServiceClient = ({ body }) => {
      const answer = Promise.withResolvers<CallAnswer>();
      calls.push({ userIds: (body as { readonly user_ids: readonly string[] }).user_ids, answer });
      return answer.promise;
    };
    const logger = makeLogger({ service: 'gateway', level: 'silent' });
    logger.warn = () => void (warnings += 1);
    shoppers = new Shoppers({ client, metrics, logger, now: () => now });
  });

  const items = (pseudonyms: Readonly<Record<string, string>>) =>
    Object.entries(pseudonyms).map(([user_id, shopper_id]) => ({ user_id, shopper_id }));
  /** The answer to the latest call, and what follows from it. */
  const answer = async (pseudonyms: Readonly<Record<string, string>>): Promise<void> => {
    calls.at(-1)?.answer.resolve({ status: 200, body: { items: items(pseudonyms) } });
    await new Promise(setImmediate);
  };
  const fail = async (): Promise<void> => {
    calls.at(-1)?.answer.reject(new Error('analytics is away'));
    await new Promise(setImmediate);
  };

  it('are not waited for: the first request of a user goes without', async () => {
    expect(shoppers.of(USER)).toBeUndefined();
    await answer({ [USER]: SHOPPER });
    expect(shoppers.of(USER)).toBe(SHOPPER);
    expect(calls).toHaveLength(1);
    expect(await metrics.text()).toMatch(
      /shoppers_found_total\{outcome="asked".*\} 1\n.*outcome="known".*\} 1/,
    );
  });

  it('are asked for one call at a time, those of users who come meanwhile together, and nobody twice', async () => {
    const others = Array.from({ length: 250 }, () => systemIds.next());
    for (const user of [USER, USER, ...others, ...others]) shoppers.of(user);
    expect(calls.map(({ userIds }) => userIds)).toEqual([[USER]]);
    await answer({ [USER]: SHOPPER });
    expect(calls[1]?.userIds).toEqual(others.slice(0, 200));
    await answer({});
    expect(calls[2]?.userIds).toEqual(others.slice(200));
    await answer({});
    expect(calls).toHaveLength(3);
  });

  it('that users do not have are not asked for again and again', async () => {
    shoppers.of(USER);
    await answer({});
    expect(shoppers.of(USER)).toBeUndefined();
    expect(calls).toHaveLength(1);
    expect(await metrics.text()).toContain('outcome="none"');
  });

  it('are asked for again before they are too old, without a gap', async () => {
    shoppers.of(USER);
    await answer({ [USER]: SHOPPER });
    now += KNOWN_MS * 0.6;
    expect(shoppers.of(USER)).toBe(SHOPPER);
    await answer({ [USER]: SHOPPER });
    now += KNOWN_MS * 0.6;
    expect(shoppers.of(USER)).toBe(SHOPPER);
    expect(calls).toHaveLength(3);
  });

  it('end a minute after the erasure of a user at the latest, however slow an answer was, or analytics is away', async () => {
    shoppers.of(USER);
    now += KNOWN_MS / 4; // the answer was made before the erasure, and comes after it
    await answer({ [USER]: SHOPPER });
    now += KNOWN_MS / 2;
    expect(shoppers.of(USER)).toBe(SHOPPER);
    await fail();
    now += KNOWN_MS / 4 + 1;
    expect(shoppers.of(USER)).toBeUndefined();
    await answer({});
    expect(shoppers.of(USER)).toBeUndefined();
  });

  it('are asked for again after a failure, which is logged once', async () => {
    for (let round = 0; round < 3; round += 1) {
      shoppers.of(USER);
      await fail();
    }
    expect([calls.length, warnings]).toEqual([3, 1]);
    shoppers.of(USER);
    calls.at(-1)?.answer.resolve({ status: 403, body: { code: 'FORBIDDEN' } });
    await new Promise(setImmediate);
    shoppers.of(USER);
    await answer({ [USER]: SHOPPER });
    expect(shoppers.of(USER)).toBe(SHOPPER);
    expect(warnings).toBe(1);
  });

  it('are asked for only by what can be the ID of a user, and of so many at once', async () => {
    shoppers.of('u-1');
    expect(calls).toEqual([]);
    for (let number = 0; number < 10_001; number += 1) shoppers.of(systemIds.next());
    for (let call = 0; call < calls.length; call += 1) await answer({});
    expect(calls.flatMap(({ userIds }) => userIds)).toHaveLength(10_000);
  });
});
