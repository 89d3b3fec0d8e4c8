import { describe, expect, it } from 'vitest';
import { once, replay, type IdempotencyKey, type IdempotencyKeys, type Remembered } from './idempotency.ts';
import { err, ok, refuse } from './result.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const key: IdempotencyKey = { principal: 'user:1', operation: 'buy', key: 'k-1', fingerprint: 'a' };

const open = () => {
  const remembered = new Map<string, Remembered>();
  const idempotency: IdempotencyKeys = {
    find: (wanted) => Promise.resolve(remembered.get(wanted.key)),
    remember: async ({ key: name, fingerprint }, outcome) => {
      remembered.set(name, { fingerprint, outcome });
    },
  };
  const unitOfWork: UnitOfWork<{ idempotency: IdempotencyKeys }> = { run: (work) => work({ idempotency }) };
  let effects = 0;
  const buy = (given: IdempotencyKey | undefined) =>
    once(unitOfWork, given, Number, async () => {
      effects += 1;
      return ok(effects);
    });
  return { remembered, idempotency, unitOfWork, buy, effects: () => effects };
};

describe('work under an idempotency key', () => {
  it('is done at the first use of its key', async () => {
    const { buy, effects, remembered } = open();
    expect(await buy(key)).toEqual(ok(1));
    expect(effects()).toBe(1);
    expect(remembered.get('k-1')).toEqual({ fingerprint: 'a', outcome: 1 });
  });

  it('returns the first outcome to a retry', async () => {
    const { buy, effects } = open();
    await buy(key);
    expect(await buy(key)).toEqual(ok(1));
    expect(effects()).toBe(1);
  });

  it('refuses the key for another request', async () => {
    const { buy, effects } = open();
    await buy(key);
    expect(await buy({ ...key, fingerprint: 'b' })).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(effects()).toBe(1);
  });

  it('may store a part of its outcome, from which the unit restores the rest', async () => {
    const { unitOfWork, remembered } = open();
    const names = new Map([['7', 'seven']]);
    const buySeven = () =>
      once(
        unitOfWork,
        key,
        (kept, { idempotency }) => {
          expect(idempotency).toBeDefined();
          return Promise.resolve({ id: String(kept), name: names.get(String(kept)) });
        },
        () => Promise.resolve(ok({ id: '7', name: names.get('7') })),
        ({ id }) => id,
      );
    const first = await buySeven();
    expect(remembered.get('k-1')?.outcome).toBe('7');
    expect(first).toEqual(ok({ id: '7', name: 'seven' }));
    expect(await buySeven()).toEqual(first);
  });

  it('is done each time without a key', async () => {
    const { buy, effects, remembered } = open();
    expect([await buy(undefined), await buy(undefined)]).toEqual([ok(1), ok(2)]);
    expect(effects()).toBe(2);
    expect(remembered.size).toBe(0);
  });

  it('returns the outcome of the concurrent identical request that made it fail', async () => {
    const { unitOfWork, buy, effects } = open();
    const late = once(unitOfWork, key, Number, async () => {
      await buy(key); // between its reads
      return refuse('SOLD_OUT', 'There was one.');
    });
    expect(await late).toEqual(ok(1));
    expect(effects()).toBe(1);
  });

  it('leaves the key free if it is refused', async () => {
    const { unitOfWork, remembered, buy } = open();
    const refused = await once(unitOfWork, key, Number, () => Promise.resolve(refuse('TOO_LATE', 'Closed.')));
    expect(refused).toEqual(err({ code: 'TOO_LATE', detail: 'Closed.' }));
    expect(remembered.size).toBe(0);
    expect(await buy(key)).toEqual(ok(1));
  });
});

describe('a replay', () => {
  it('returns nothing without a key, or for an unused one', async () => {
    const { idempotency } = open();
    expect(await replay(idempotency, undefined, Number)).toBeUndefined();
    expect(await replay(idempotency, key, Number)).toBeUndefined();
  });

  it('parses the stored outcome', async () => {
    const { idempotency } = open();
    await idempotency.remember(key, '42');
    expect(await replay(idempotency, key, Number)).toEqual(ok(42));
  });
});
