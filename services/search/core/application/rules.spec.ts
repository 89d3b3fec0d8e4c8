import { describe, expect, it } from 'vitest';
import { ManualClock } from '#kernel/clock.ts';
import type { Rule, RuleContent } from '../domain/rule.ts';
import { makeRules } from './rules.ts';

const START = new Date('2026-03-01T12:00:00Z');

const ruleOf = (content: RuleContent, version = 1): Rule => ({
  ruleId: `${content.kind}-1`,
  version,
  content,
  updatedAt: START,
});

const rulesOf = (read: () => Promise<readonly Rule[]>) => {
  const clock = new ManualClock(START);
  return { clock, rules: makeRules({ all: read, find: () => Promise.resolve(undefined) }, clock) };
};

describe('the rules of a shop', () => {
  it('are found by the words of a query', async () => {
    const { rules } = rulesOf(() =>
      Promise.resolve([
        ruleOf({ kind: 'redirect', query: 'Returns!', url: '/help/returns' }),
        ruleOf({ kind: 'pins', query: 'Désk', productIds: ['p-1'] }),
      ]),
    );
    const { redirectOf, pinsOf } = await rules.current();
    expect([redirectOf('returns'), redirectOf('desk')]).toEqual(['/help/returns', undefined]);
    expect([pinsOf('desk'), pinsOf('returns')]).toEqual([['p-1'], []]);
  });

  it('are read again after two seconds, and prepared again only if they have changed', async () => {
    let version = 1;
    let reads = 0;
    const { clock, rules } = rulesOf(() => {
      reads += 1;
      return Promise.resolve([ruleOf({ kind: 'redirect', query: 'x', url: `/v${version}` }, version)]);
    });
    const first = await rules.current();
    expect(await rules.current()).toBe(first);
    expect(reads).toBe(1);
    clock.advance(2_000);
    expect(await rules.current()).toBe(first);
    expect(reads).toBe(2);
    version = 2;
    clock.advance(2_000);
    expect((await rules.current()).redirectOf('x')).toBe('/v2');
  });

  it('are read again after a failure', async () => {
    let isBroken = true;
    const { rules } = rulesOf(() => (isBroken ? Promise.reject(new Error('broken')) : Promise.resolve([])));
    await expect(rules.current()).rejects.toThrow('broken');
    isBroken = false;
    expect((await rules.current()).pinsOf('x')).toEqual([]);
  });
});
