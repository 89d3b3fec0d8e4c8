import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { after, DAY } from '#kernel/clock.ts';
import type { Change } from '#kernel/process.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { START, STORES } from '#test/kit/toolbox.ts';
import { makeForgetPeople, makePersonalData } from '../core/application/personal-data.ts';
import type { PaymentEvent } from '../core/domain/events.ts';
import { transfer, type LedgerTransaction } from '../core/domain/ledger.ts';
import type { Payment, Tombstone } from '../core/domain/payment.ts';
import { openRig } from './payment.rig.ts';

const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  kind: 'payment',
  paymentId: systemIds.next(),
  orderId: systemIds.next(),
  customer: { userId: systemIds.next(), email: 'ada@example.com', name: 'Ada' },
  amount: { minor: 4_998, currency: 'EUR' },
  status: 'pending',
  card: undefined,
  authorization: undefined,
  refunds: [],
  failure: undefined,
  createdAt: START,
  updatedAt: START,
  ...changes,
});

const aTombstone = (): Tombstone => ({
  kind: 'tombstone',
  paymentId: systemIds.next(),
  orderId: systemIds.next(),
  createdAt: START,
});

const aCapture = ({ paymentId, orderId, amount }: Payment): LedgerTransaction =>
  transfer({ transactionId: `${orderId}:capture`, paymentId, bookedAt: START }, amount, {
    debit: 'gateway_clearing',
    credit: 'customer_receivable',
  });

/** The payment after `events`, the last of which made it `version`. */
const changed = (
  state: Payment | Tombstone,
  version = 1,
  events = 1,
): Change<typeof state, PaymentEvent> => ({
  id: state.orderId,
  state,
  version,
  events: Array<PaymentEvent>(events).fill({ type: 'cancel_noted', at: START }),
});

describe.each(STORES)('payments in %s', (store) => {
  const rig = forEachTest(() => openRig(store));
  const save = (...payments: readonly (Payment | Tombstone)[]): Promise<void> =>
    rig.unitOfWork.run((tx) => tx.payments.save(...payments.map((payment) => changed(payment))));
  it('are listed newest first, page by page, by status, failed step and time', async () => {
    const at = (day: number): Date => after(START, day * DAY);
    const failure = { stage: 'capture', reason: 'expired_card' } as const;
    const [old, refused, newest] = [
      aPayment({ createdAt: at(0), status: 'captured' }),
      aPayment({ createdAt: at(1), status: 'failed', failure }),
      aPayment({ createdAt: at(2), status: 'captured' }),
    ] as const;
    await save(old, refused, newest, aTombstone());
    const listed = async (request: object): Promise<readonly string[]> => {
      const page = await rig.queries.page({ limit: 9, ...request });
      return page.ok ? page.value.items.map(({ orderId }) => orderId) : [page.error.code];
    };
    expect(await listed({})).toEqual([newest.orderId, refused.orderId, old.orderId]);
    expect(await listed({ failedAt: 'capture' })).toEqual([refused.orderId]);
    expect(await listed({ failedAt: 'authorize' })).toEqual([]);
    expect(await listed({ status: 'captured' })).toEqual([newest.orderId, old.orderId]);
    expect(await listed({ from: at(1) })).toEqual([newest.orderId, refused.orderId]);
    const first = await rig.queries.page({ limit: 2 });
    const cursor = first.ok ? first.value.next : undefined;
    expect(await listed({ limit: 2, cursor })).toEqual([old.orderId]);
    expect(await listed({ cursor: 'x' })).toEqual(['INVALID_CURSOR']);
  });

  const find = (...orderIds: readonly string[]) => rig.unitOfWork.run((tx) => tx.payments.find(orderIds));

  it('stores payments with all their fields', async () => {
    const full = aPayment({
      status: 'captured',
      card: { brand: 'visa', last4: '0042', expMonth: 1, expYear: 2_031 },
      authorization: 'hold_1',
      refunds: [{ key: 'a', minor: 98, reason: 'scratch', status: 'refused', refusal: 'no' }],
      failure: { stage: 'capture', reason: 'refused' },
    });
    const bare = aPayment();
    const tombstone = aTombstone();
    await save(full, bare, tombstone);
    const found = await find(full.orderId, bare.orderId, tombstone.orderId, systemIds.next());
    expect(new Map(found)).toEqual(
      new Map<string, unknown>([
        [full.orderId, { state: full, version: 1 }],
        [bare.orderId, { state: bare, version: 1 }],
        [tombstone.orderId, { state: tombstone, version: 1 }],
      ]),
    );
  });

  it('replaces the version that was loaded', async () => {
    const payment = aPayment();
    await save(payment);
    const authorized: Payment = { ...payment, status: 'authorized' };
    const replace = (version: number, events: number): Promise<void> =>
      rig.unitOfWork.run((tx) =>
        tx.payments.save(changed(authorized, version, events), changed(aPayment(), 1, 1)),
      );
    await expect(replace(3, 1)).rejects.toThrow(VersionConflict);
    expect(await rig.queries.find(payment.paymentId)).toEqual(payment);
    await replace(3, 2);
    expect(await rig.queries.find(payment.paymentId)).toEqual(authorized);
    expect((await find(payment.orderId)).get(payment.orderId)?.version).toBe(3);
  });

  it('reads inside a unit what the unit has saved', async () => {
    const payment = aPayment();
    const found = await rig.unitOfWork.run(async (tx) => {
      await tx.payments.save(changed(payment));
      return tx.payments.find([payment.orderId]);
    });
    expect(found.get(payment.orderId)).toEqual({ state: payment, version: 1 });
  });

  it('has one payment per order', async () => {
    const payment = aPayment();
    await save(payment);
    const second = aPayment({ orderId: payment.orderId });
    // Without loading first, like a unit that has just found none.
    await expect(rig.unitOfWork.run((tx) => tx.payments.save(changed(second)))).rejects.toThrow(
      VersionConflict,
    );
    expect(await rig.queries.ofOrder(payment.orderId)).toEqual(payment);
  });

  it('hides tombstones from queries', async () => {
    const tombstone = aTombstone();
    await save(tombstone);
    expect(await rig.queries.ofOrder(tombstone.orderId)).toBeUndefined();
    expect(await rig.queries.find(tombstone.paymentId)).toBeUndefined();
  });

  it('returns the ledger, oldest transaction first', async () => {
    const payment = aPayment();
    const capture = aCapture(payment);
    const refund = {
      ...capture,
      transactionId: `${payment.orderId}:refund:a`,
      bookedAt: new Date(START.getTime() + 1),
    };
    await save(payment);
    await rig.unitOfWork.run((tx) => tx.ledger.book(refund, capture));
    expect(await rig.queries.ledger(payment.paymentId)).toEqual([capture, refund]);
    expect(await rig.queries.ledger(systemIds.next())).toEqual([]);
  });

  it('commits a payment and its entries together, or neither', async () => {
    const payment = aPayment();
    const broken = rig.unitOfWork.run(async (tx) => {
      await tx.payments.save(changed(payment));
      await tx.ledger.book(aCapture(payment));
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(await rig.queries.ofOrder(payment.orderId)).toBeUndefined();
    expect(await rig.queries.ledger(payment.paymentId)).toEqual([]);
  });

  it('refuses transactions that do not balance', async () => {
    const payment = aPayment();
    await save(payment);
    const capture = aCapture(payment);
    const half = { ...capture, entries: capture.entries.slice(0, 1) };
    await expect(rig.unitOfWork.run((tx) => tx.ledger.book(half))).rejects.toThrow('balance');
    expect(await rig.queries.ledger(payment.paymentId)).toEqual([]);
  });

  it('refuses to book a transaction twice', async () => {
    const payment = aPayment();
    await save(payment);
    await rig.unitOfWork.run((tx) => tx.ledger.book(aCapture(payment)));
    await expect(rig.unitOfWork.run((tx) => tx.ledger.book(aCapture(payment)))).rejects.toThrow(
      VersionConflict,
    );
  });

  if (store !== 'memory')
    it('does not allow changes to the ledger', async () => {
      const { store: sql } = rig.toolbox;
      if (sql.kind !== 'sql') throw new Error('not on SQL');
      const rewrite = ['update payment.ledger_entries set debit = 0', 'delete from payment.ledger_entries'];
      for (const text of rewrite) await expect(sql.database.query(text)).rejects.toThrow('only ever added');
    });

  it('names a customer until 180 days after the last change, if the payment has ended', async () => {
    const customer = { userId: systemIds.next(), email: 'sam@example.com', name: 'Sam' };
    const [open, ended] = [aPayment({ customer }), aPayment({ customer, status: 'captured' })];
    await save(open, ended, aPayment());
    const { userId } = customer;
    const data = makePersonalData(rig.queries);
    const { items } = await data.read({ userId }, undefined);
    expect(items.map((item) => item.data['orderId']).sort()).toEqual([open.orderId, ended.orderId].sort());
    const until = after(START, 180 * DAY).toISOString();
    const claims = { kind: 'payments', count: 1, reason: 'claims', until };
    const openOne = { kind: 'payments', count: 1, reason: 'open_order' };
    expect(await data.erase({ userId })).toEqual({ isDone: true, erased: [], kept: [openOne, claims] });

    const forget = makeForgetPeople(rig.archive, rig.toolbox.clock);
    rig.toolbox.clock.advance(180 * DAY);
    await forget();
    expect((await rig.queries.ofOrder(ended.orderId))?.customer).toEqual(customer);
    rig.toolbox.clock.advance(1);
    await forget();
    expect((await rig.queries.ofOrder(ended.orderId))?.customer).toEqual({ userId, email: '', name: '' });
    expect((await rig.queries.ofOrder(open.orderId))?.customer).toEqual(customer);
    expect(await data.erase({ userId })).toMatchObject({ kept: [openOne] });
  });
});
