import { beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '#kernel/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { openRig, type Rig } from './payment.rig.ts';

describe.each(STORES)('the mock gateway on %s', (store) => {
  let rig: Rig;
  let key: () => string;

  const EUR = (minor: number) => ({ minor, currency: 'EUR' });
  const hold = async (card?: string): Promise<string> => {
    const answer = await rig.gateway.authorize({
      key: key(),
      token: await rig.token(card),
      amount: EUR(5_000),
    });
    if (answer.status !== 'approved') throw new Error(answer.status);
    return answer.authorization;
  };
  const captured = async (): Promise<string> => {
    const authorization = await hold();
    await rig.gateway.capture({ key: key(), authorization, amount: EUR(5_000) });
    return authorization;
  };

  beforeEach(async () => {
    rig = await openRig(store);
    key = () => systemIds.next();
  });

  it('returns the first response for a repeated key', async () => {
    const call = { key: key(), token: await rig.token(), amount: EUR(5_000) };
    const first = await rig.gateway.authorize(call);
    expect(first).toMatchObject({ status: 'approved', card: { brand: 'visa', last4: '4242' } });
    expect(await rig.gateway.authorize(call)).toEqual(first);
    expect(await Promise.all([rig.gateway.authorize(call), rig.gateway.authorize(call)])).toEqual([
      first,
      first,
    ]);
    expect(await rig.gateway.find(call.key)).toEqual(first);
  });

  it('accepts a token once', async () => {
    const token = await rig.token();
    const answers = await Promise.all(
      [key(), key()].map((one) => rig.gateway.authorize({ key: one, token, amount: EUR(5_000) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['approved', 'declined']);
    const again = await rig.gateway.authorize({ key: key(), token, amount: EUR(5_000) });
    expect(again).toEqual({ status: 'declined', reason: 'invalid_token' });
  });

  it('exchanges a reusable token for any number of single-use tokens, until the card expires', async () => {
    const reusable = await rig.token(undefined, true);
    const authorize = (token = '') => rig.gateway.authorize({ key: key(), token, amount: EUR(5_000) });
    const issued = [await rig.gateway.exchange(reusable), await rig.gateway.exchange(reusable)];
    expect(new Set(issued).size).toBe(2);
    for (const token of issued) {
      expect(await authorize(token)).toMatchObject({ status: 'approved', card: { last4: '4242' } });
      expect(await authorize(token)).toMatchObject({ reason: 'invalid_token' });
    }
    const lastSecond = Date.parse('2030-12-31T23:59:59Z');
    rig.toolbox.clock.advance(lastSecond - rig.toolbox.clock.now().getTime());
    expect(await rig.gateway.exchange(reusable)).toBeDefined();
    rig.toolbox.clock.advance(SECOND);
    expect(await rig.gateway.exchange(reusable)).toBeUndefined();
  });

  it('exchanges no other token, and authorises nothing by a reusable one', async () => {
    const [single, reusable] = [await rig.token(), await rig.token(undefined, true)];
    for (const token of ['pm_unknown', single]) expect(await rig.gateway.exchange(token)).toBeUndefined();
    const call = { key: key(), token: reusable, amount: EUR(5_000) };
    expect(await rig.gateway.authorize(call)).toEqual({ status: 'declined', reason: 'invalid_token' });
    expect(await rig.gateway.exchange(reusable)).toBeDefined();
  });

  it('keeps the behaviour of a saved card', async () => {
    const token = await rig.gateway.exchange(await rig.token('4000000000009995', true));
    const call = { key: key(), token: token ?? '', amount: EUR(5_000) };
    expect(await rig.gateway.authorize(call)).toEqual({ status: 'declined', reason: 'insufficient_funds' });
  });

  it('returns nothing for an unknown key', async () => {
    expect(await rig.gateway.find(key())).toBeUndefined();
  });

  it('captures a hold once, and at most its amount', async () => {
    const authorization = await hold();
    const capture = (minor: number, under = key()) =>
      rig.gateway.capture({ key: under, authorization, amount: EUR(minor) });
    expect(await capture(5_001)).toMatchObject({ status: 'declined' });
    const once = key();
    expect(await capture(5_000, once)).toEqual({ status: 'approved' });
    expect(await capture(5_000, once)).toEqual({ status: 'approved' });
    expect(await capture(5_000)).toEqual({ status: 'declined', reason: 'capture_refused' });
  });

  it('voids a hold, which can then no longer be captured', async () => {
    const authorization = await hold();
    expect(await rig.gateway.void({ key: key(), authorization })).toEqual({ status: 'approved' });
    expect(await rig.gateway.capture({ key: key(), authorization, amount: EUR(5_000) })).toMatchObject({
      status: 'declined',
    });
  });

  it('does not void a captured hold', async () => {
    const authorization = await captured();
    expect(await rig.gateway.void({ key: key(), authorization })).toEqual({
      status: 'declined',
      reason: 'void_refused',
    });
  });

  it('lets only one of a concurrent capture and void succeed', async () => {
    const authorization = await hold();
    const answers = await Promise.all([
      rig.gateway.capture({ key: key(), authorization, amount: EUR(5_000) }),
      rig.gateway.void({ key: key(), authorization }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['approved', 'declined']);
  });

  it('refunds in parts, never more than was captured, also concurrently', async () => {
    const authorization = await captured();
    const refund = (minor: number, under = key()) =>
      rig.gateway.refund({ key: under, authorization, amount: EUR(minor) });
    const answers = await Promise.all([refund(2_000), refund(2_000), refund(2_000)]);
    expect(answers.filter(({ status }) => status === 'approved')).toHaveLength(2);
    const once = key();
    expect(await refund(1_000, once)).toEqual({ status: 'approved' });
    expect(await refund(1_000, once)).toEqual({ status: 'approved' });
    expect(await refund(1)).toMatchObject({ status: 'declined' });
  });

  it('refuses refunds of some cards', async () => {
    const authorization = await hold('4000000000005126');
    await rig.gateway.capture({ key: key(), authorization, amount: EUR(5_000) });
    expect(await rig.gateway.refund({ key: key(), authorization, amount: EUR(1) })).toEqual({
      status: 'declined',
      reason: 'refund_refused',
    });
  });

  it('refuses requests about an unknown hold', async () => {
    const call = { key: key(), authorization: 'hold_none' };
    expect(await rig.gateway.void(call)).toEqual({ status: 'declined', reason: 'void_refused' });
    expect(await rig.gateway.find(call.key)).toEqual({ status: 'declined', reason: 'void_refused' });
  });

  it('needs time for some cards', async () => {
    const call = { key: key(), token: await rig.token('4000000000003220'), amount: EUR(5_000) };
    expect(await rig.gateway.authorize(call)).toEqual({ status: 'pending' });
    expect(await rig.gateway.find(call.key)).toEqual({ status: 'pending' });
    rig.toolbox.clock.advance(2 * SECOND);
    expect(await rig.gateway.find(call.key)).toMatchObject({ status: 'approved' });
  });

  it('loses the first two responses for one card, though the calls took effect', async () => {
    const call = { key: key(), token: await rig.token('4000000000000119'), amount: EUR(5_000) };
    await expect(rig.gateway.authorize(call)).rejects.toThrow('lost');
    expect(await rig.gateway.find(call.key)).toMatchObject({ status: 'approved' });
    await expect(rig.gateway.authorize(call)).rejects.toThrow('lost');
    expect(await rig.gateway.authorize(call)).toMatchObject({ status: 'approved' });
  });

  it('fails at the configured rate, the same way each time', async () => {
    const outcomes = async (): Promise<string[]> => {
      rig = await openRig(store, {
        PAYMENT_MOCK_FAILURE_RATE: '0.5',
        PAYMENT_MOCK_SEED: '7',
        PAYMENT_MOCK_LATENCY_MS: '1',
      });
      const results: string[] = [];
      for (let call = 0; call < 12; call += 1)
        results.push(
          await rig.gateway.void({ key: key(), authorization: 'hold_none' }).then(
            ({ status }) => status,
            (error: unknown) => String(error),
          ),
        );
      return results;
    };
    const first = await outcomes();
    expect(new Set(first).size).toBe(3);
    expect(await outcomes()).toEqual(first);
  });
});
