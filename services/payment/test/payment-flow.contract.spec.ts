import { beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '#kernel/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { CUSTOMER, openRig, orderCancelled, orderPlaced, type Rig } from './payment.rig.ts';

describe.each(STORES)('the payment of an order on %s', (store) => {
  let rig: Rig;
  let orderId: string;

  const place = async (card?: string): Promise<void> => {
    await rig.hear(orderPlaced({ orderId, token: await rig.token(card) }));
  };
  const authorize = async (card?: string): Promise<void> => {
    await place(card);
    await rig.work();
  };
  const capture = async (card?: string): Promise<void> => {
    await authorize(card);
    await rig.command.capture(orderId);
    await rig.work();
  };
  const types = async (): Promise<string[]> => (await rig.announced()).map(({ type }) => type);
  const status = async (): Promise<string | undefined> => (await rig.paymentOf(orderId))?.status;
  /** Captured less refunded, according to the ledger. */
  const balance = async (): Promise<number> => {
    const { paymentId = '' } = (await rig.paymentOf(orderId)) ?? {};
    return (await rig.queries.ledger(paymentId))
      .flatMap(({ entries }) => entries)
      .filter(({ account }) => account === 'gateway_clearing')
      .reduce((total, { debit, credit }) => total + debit - credit, 0);
  };

  beforeEach(async () => {
    rig = await openRig(store);
    orderId = systemIds.next();
  });

  it('authorises a placed order', async () => {
    await authorize();
    const payment = await rig.paymentOf(orderId);
    expect(payment).toMatchObject({ status: 'authorized', amount: { minor: 4_998, currency: 'EUR' } });
    expect(payment?.card).toEqual({ brand: 'visa', last4: '4242', expMonth: 12, expYear: 2_030 });
    expect(await rig.announced()).toEqual([
      {
        type: 'payment.authorized',
        payload: {
          order_id: orderId,
          payment_id: payment?.paymentId,
          amount: 49.98,
          currency: 'EUR',
          brand: 'visa',
          last4: '4242',
          authorized_at: rig.toolbox.clock.now().toISOString(),
        },
      },
    ]);
  });

  it('publishes events with the order as key, and the event that caused them', async () => {
    const placed = orderPlaced({ orderId, token: await rig.token() });
    await rig.hear(placed);
    await rig.work();
    expect(await rig.toolbox.announced()).toMatchObject([
      { key: orderId, correlation_id: placed.correlation_id, causation_id: placed.event_id },
    ]);
  });

  it('handles many orders in one batch', async () => {
    const orders = Array.from({ length: 7 }, () => systemIds.next());
    const tokens = await Promise.all(orders.map(() => rig.token()));
    await rig.hear(...orders.map((id, index) => orderPlaced({ orderId: id, token: tokens[index] ?? '' })));
    expect((await rig.work()).done).toHaveLength(7);
    for (const id of orders) expect((await rig.paymentOf(id))?.status).toBe('authorized');
  });

  it('authorises once, however often the event is delivered', async () => {
    const placed = orderPlaced({ orderId, token: await rig.token() });
    await rig.hear(placed, placed);
    await rig.work();
    await rig.hear({ ...placed, event_id: systemIds.next() });
    expect((await rig.work()).done).toEqual([]);
    expect(await types()).toEqual(['payment.authorized']);
  });

  it.each([
    ['4000000000000002', 'card_declined'],
    ['4000000000009995', 'insufficient_funds'],
    ['4000000000000069', 'expired_card'],
  ])('publishes why card %s is declined', async (card, reason) => {
    await authorize(card);
    expect(await status()).toBe('failed');
    const [failed] = await rig.announced();
    expect(failed).toMatchObject({
      type: 'payment.failed',
      payload: { order_id: orderId, customer: CUSTOMER, stage: 'authorize', reason, amount: 49.98 },
    });
  });

  it('fails with a used or unknown token', async () => {
    const token = await rig.token();
    const [first, second, third] = [orderId, systemIds.next(), systemIds.next()] as const;
    await rig.hear(orderPlaced({ orderId: first, token }));
    await rig.work();
    await rig.hear(orderPlaced({ orderId: second, token }), orderPlaced({ orderId: third, token: 'tok_x' }));
    await rig.work();
    for (const id of [second, third])
      expect((await rig.paymentOf(id))?.failure).toEqual({ stage: 'authorize', reason: 'invalid_token' });
  });

  it('captures on command, once, and books it', async () => {
    await capture();
    expect(await rig.command.capture(orderId)).toMatchObject({ ok: true });
    expect((await rig.work()).done).toEqual([]);
    expect(await types()).toEqual(['payment.authorized', 'payment.successful']);
    expect(await balance()).toBe(4_998);
  });

  it('publishes a refused capture, and voids the hold', async () => {
    await capture('4000000000000259');
    expect(await status()).toBe('failed');
    expect(await rig.announced()).toMatchObject([
      { type: 'payment.authorized' },
      { type: 'payment.failed', payload: { stage: 'capture', reason: 'capture_refused' } },
      { type: 'payment.voided' },
    ]);
    expect(await balance()).toBe(0);
  });

  it('waits for a card that needs time', async () => {
    await authorize('4000000000003220');
    expect(await status()).toBe('pending');
    rig.toolbox.clock.advance(SECOND);
    await rig.work();
    expect(await status()).toBe('pending');
    rig.toolbox.clock.advance(SECOND);
    await rig.work();
    expect(await status()).toBe('authorized');
  });

  it('succeeds with a gateway whose responses are lost, without charging twice', async () => {
    await place('4000000000000119');
    const settle = async (): Promise<number> => {
      let failures = 0;
      for (let round = 1; round <= 3; round += 1) {
        failures += (await rig.work()).failed.length;
        rig.toolbox.clock.advance(SECOND);
      }
      return failures;
    };
    expect(await settle()).toBe(2);
    await rig.command.capture(orderId);
    expect(await settle()).toBe(2);
    expect(await types()).toEqual(['payment.authorized', 'payment.successful']);
    expect(await balance()).toBe(4_998);
  });

  it('never authorises an order that is already cancelled', async () => {
    await rig.hear(orderCancelled(orderId));
    await place();
    expect((await rig.work()).done).toEqual([]);
    expect(await rig.announced()).toEqual([]);
    expect(await rig.paymentOf(orderId)).toBeUndefined();
  });

  it('has the same result when both events arrive together', async () => {
    await rig.hear(orderCancelled(orderId), orderPlaced({ orderId, token: await rig.token() }));
    expect((await rig.work()).done).toEqual([]);
  });

  it('voids a hold when the order is cancelled', async () => {
    await authorize();
    await rig.hear(orderCancelled(orderId));
    await rig.work();
    expect(await status()).toBe('voided');
    expect(await types()).toEqual(['payment.authorized', 'payment.voided']);
  });

  it('voids an authorisation that arrives after the cancellation', async () => {
    await place();
    await rig.hear(orderCancelled(orderId));
    expect(await status()).toBe('cancelling');
    await rig.work();
    expect(await status()).toBe('voided');
    expect(await types()).toEqual(['payment.voided']);
  });

  it('voids a slow authorisation that arrives long after the cancellation', async () => {
    await authorize('4000000000003220');
    await rig.hear(orderCancelled(orderId));
    rig.toolbox.clock.advance(3 * SECOND);
    await rig.work();
    expect(await status()).toBe('voided');
  });

  it('publishes nothing about a card that is declined after the cancellation', async () => {
    await place('4000000000000002');
    await rig.hear(orderCancelled(orderId));
    await rig.work();
    expect(await status()).toBe('cancelled');
    expect(await rig.announced()).toEqual([]);
  });

  it('captures nothing if the cancellation comes before the call', async () => {
    await authorize();
    await rig.command.capture(orderId);
    await rig.hear(orderCancelled(orderId));
    expect((await rig.work()).done).toEqual([`${orderId}:void`]);
    expect(await status()).toBe('voided');
    expect(await balance()).toBe(0);
  });

  it('detects a capture whose response was lost, and refunds it', async () => {
    await authorize();
    await rig.command.capture(orderId);
    const { authorization = '', amount } = (await rig.paymentOf(orderId)) ?? {};
    if (!amount) throw new Error('no payment');
    // The call takes effect, and the process dies before it records that.
    await rig.gateway.capture({ key: `${orderId}:capture`, authorization, amount });
    await rig.hear(orderCancelled(orderId));
    await rig.work();
    expect(await types()).toEqual(['payment.authorized', 'payment.successful', 'payment.refunded']);
    expect(await balance()).toBe(0);
  });

  it('refunds the remaining amount when the order is cancelled', async () => {
    await capture();
    await rig.command.refund({
      orderId,
      key: 'r1',
      amount: { minor: 998, currency: 'EUR' },
      reason: 'scratch',
    });
    await rig.work();
    await rig.hear(orderCancelled(orderId));
    await rig.work();
    expect((await rig.announced()).slice(-2)).toMatchObject([
      { type: 'payment.refunded', payload: { refund_id: 'r1', amount: 9.98, refunded_total: 9.98 } },
      { type: 'payment.refunded', payload: { refund_id: 'cancel:2', amount: 40, refunded_total: 49.98 } },
    ]);
    expect(await balance()).toBe(0);
  });

  it('refunds once per refund key, never more than was captured', async () => {
    await capture();
    const refund = (key: string, minor: number) =>
      rig.command.refund({ orderId, key, amount: { minor, currency: 'EUR' }, reason: 'returned' });
    expect(await refund('a', 4_000)).toMatchObject({ ok: true });
    expect(await refund('a', 4_000)).toMatchObject({ ok: true });
    expect(await refund('a', 10)).toMatchObject({ error: { code: 'REFUND_KEY_REUSED' } });
    expect(await refund('b', 999)).toMatchObject({ error: { code: 'AMOUNT_TOO_HIGH' } });
    await rig.work();
    expect(await refund('b', 998)).toMatchObject({ ok: true });
    await rig.work();
    expect(await balance()).toBe(0);
    expect((await types()).filter((type) => type === 'payment.refunded')).toHaveLength(2);
  });

  it('publishes a refund that the gateway refuses; its amount can be refunded under another key', async () => {
    await capture('4000000000005126');
    const refund = (key: string) =>
      rig.command.refund({ orderId, key, amount: { minor: 998, currency: 'EUR' }, reason: 'scratch' });
    await refund('r1');
    await rig.work();
    const payment = await rig.paymentOf(orderId);
    expect(payment?.refunds).toMatchObject([{ key: 'r1', status: 'refused', refusal: 'refund_refused' }]);
    expect((await rig.announced()).at(-1)).toEqual({
      type: 'payment.refund_failed',
      payload: {
        order_id: orderId,
        payment_id: payment?.paymentId,
        refund_id: 'r1',
        amount: 9.98,
        currency: 'EUR',
        reason: 'refund_refused',
        failed_at: rig.toolbox.clock.now().toISOString(),
      },
    });
    expect(await refund('r1')).toMatchObject({ error: { code: 'REFUND_REFUSED' } });
    expect(await refund('r2')).toMatchObject({ ok: true });
    expect(await balance()).toBe(4_998);
  });

  it('publishes that a cancelled order could not be refunded', async () => {
    await capture('4000000000005126');
    await rig.hear(orderCancelled(orderId));
    await rig.work();
    expect((await rig.announced()).at(-1)).toMatchObject({
      type: 'payment.refund_failed',
      payload: { refund_id: 'cancel:1', amount: 49.98 },
    });
  });

  it('records a call once when it is repeated after a crash', async () => {
    await place();
    const [task] = await rig.toolbox.stores.tasks.claim(
      'payment.authorize',
      rig.toolbox.clock.now(),
      rig.toolbox.clock.now(),
      1,
    );
    const [authorizing] = rig.gatewayTasks;
    if (!task || !authorizing) throw new Error('nothing to do');
    const first = await authorizing.perform(task);
    // Killed before it could settle: the task still exists, and runs again.
    const second = await authorizing.perform(task);
    expect(second).toEqual(first);
    await rig.work();
    expect(await types()).toEqual(['payment.authorized']);
  });

  it('keeps retrying while the gateway is down', async () => {
    rig = await openRig(store, { PAYMENT_MOCK_FAILURE_RATE: '1' });
    await place();
    expect(await rig.work()).toEqual({ done: [], failed: [`${orderId}:authorize`] });
    expect(await status()).toBe('pending');
  });
});
