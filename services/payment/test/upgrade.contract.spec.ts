import { expect } from 'vitest';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { assemble } from '../main/compose.ts';
import { payment } from '../main/module.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;
const [CAPTURED, FAILED, TOMBSTONE] = [idOf('01'), idOf('02'), idOf('03')];
const AT = new Date('2026-02-01T10:00:00Z');
const EUR = (minor: number) => ({ minor, currency: 'EUR' });
const CARD = { brand: 'visa', last4: '0042', expMonth: 1, expYear: 2_031 };

const COMMON = {
  kind: 'payment',
  customer: { userId: idOf('31'), email: 'ada@example.com', name: 'Ada' },
  amount: EUR(4_998),
  createdAt: AT,
  updatedAt: new Date('2026-02-01T10:00:05Z'),
};

const readPayments = async ({ queries, unitOfWork }: ReturnType<typeof assemble>): Promise<void> => {
  expect(await queries.ofOrder(CAPTURED)).toEqual({
    ...COMMON,
    paymentId: idOf('11'),
    orderId: CAPTURED,
    status: 'captured',
    card: CARD,
    authorization: 'hold_1',
    refunds: [{ key: 'a', minor: 98, reason: 'scratch', status: 'done' }],
    failure: undefined,
  });
  expect(await queries.find(idOf('12'))).toEqual({
    ...COMMON,
    paymentId: idOf('12'),
    orderId: FAILED,
    status: 'failed',
    card: undefined,
    authorization: undefined,
    refunds: [],
    failure: { stage: 'authorize', reason: 'insufficient_funds' },
  });
  expect(await queries.ledger(idOf('11'))).toMatchObject([
    {
      transactionId: `${CAPTURED}:capture`,
      paymentId: idOf('11'),
      entries: [
        { account: 'gateway_clearing', debit: 4_998, credit: 0 },
        { account: 'customer_receivable', debit: 0, credit: 4_998 },
      ],
    },
  ]);
  const found = await unitOfWork.run((tx) => tx.payments.find([TOMBSTONE]));
  expect(found.get(TOMBSTONE)).toEqual({
    state: { kind: 'tombstone', paymentId: idOf('13'), orderId: TOMBSTONE, createdAt: AT },
    version: 1,
  });
};

upgradeContract(payment, {
  '0003-mock-gateway': async (toolbox) => {
    const parts = assemble(toolbox);
    await readPayments(parts);
    const { gateway, gatewayStore: store } = parts;
    expect(await store.find('auth')).toMatchObject({ hold: 'hold_1', card: CARD, reason: undefined });
    expect(await gateway.authorize({ key: 'new', token: 'tok_1', amount: EUR(100) })).toMatchObject({
      status: 'approved',
      card: CARD,
    });
    const refund = { key: 'refund', authorization: 'hold_1', amount: EUR(98), reason: 'scratch' };
    expect(await gateway.refund(refund)).toMatchObject({ status: 'approved' });
  },
  '0004-refused-refunds': async (toolbox) => {
    const parts = assemble(toolbox);
    await readPayments(parts);
    expect(await parts.queries.ofUser(idOf('31'), 9)).toHaveLength(2);
  },
  '0005-people': async (toolbox) => {
    const { gateway } = assemble(toolbox);
    expect(await gateway.exchange('tok_1')).toBeUndefined();
    expect(await gateway.authorize({ key: 'new', token: 'tok_1', amount: EUR(100) })).toMatchObject({
      status: 'approved',
    });
  },
  '0006-reusable-tokens': async (toolbox) => {
    const { queries } = assemble(toolbox);
    expect(await queries.page({ limit: 9 })).toMatchObject({ ok: true });
  },
});
