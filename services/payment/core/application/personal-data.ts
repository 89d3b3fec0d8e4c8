import { after, type Clock } from '#kernel/clock.ts';
import { CLAIMS_MS, countsOf, type PersonalData } from '#kernel/personal-data.ts';
import { ENDED, type Payment } from '../domain/payment.ts';
import type { PaymentArchive, PaymentQueries } from '../ports/payment-queries.ts';

const PAGE = 100;

const shown = ({ orderId, status, amount, card, refunds, createdAt, updatedAt }: Payment) => ({
  orderId,
  status,
  amountMinor: amount.minor,
  currency: amount.currency,
  card,
  refunds,
  createdAt,
  updatedAt,
});

async function* allOf(queries: PaymentQueries, userId: string): AsyncIterable<Payment> {
  for (let last: string | undefined; ;) {
    const found = await queries.ofUser(userId, PAGE, last);
    yield* found;
    last = found.at(-1)?.orderId;
    if (found.length < PAGE) return;
  }
}

const claimsUntil = (payments: readonly Payment[]): string =>
  after(
    new Date(Math.max(0, ...payments.map(({ updatedAt }) => updatedAt.getTime()))),
    CLAIMS_MS,
  ).toISOString();

/**
 * Amounts stay, as the ledger does. Name and e-mail address stay until claims expire, when `forgetPeople`
 * removes them, whether or not the customer asks for it.
 */
export const makePersonalData = (queries: PaymentQueries): PersonalData => ({
  read: async ({ userId }, cursor) => {
    const found = await queries.ofUser(userId, PAGE, cursor);
    const next = found.length === PAGE ? found.at(-1)?.orderId : undefined;
    return { items: found.map((payment) => ({ kind: 'payment', data: shown(payment) })), next };
  },
  erase: async ({ userId }) => {
    const [open, named]: [Payment[], Payment[]] = [[], []];
    for await (const payment of allOf(queries, userId)) {
      if (!ENDED.includes(payment.status)) open.push(payment);
      else if (payment.customer.email !== '') named.push(payment);
    }
    return {
      isDone: true,
      erased: [],
      kept: countsOf(
        { kind: 'payments', count: open.length, reason: 'open_order' },
        { kind: 'payments', count: named.length, reason: 'claims', until: claimsUntil(named) },
      ),
    };
  },
});

/** Removes names from payments about which claims have expired. */
export const makeForgetPeople = (archive: PaymentArchive, clock: Clock) => (): Promise<void> =>
  archive.forgetPeople(after(clock.now(), -CLAIMS_MS));
