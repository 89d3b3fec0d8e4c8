import { SERIAL_DIGITS, type Invoice } from './invoice.ts';
import type { Order } from './order.ts';
import type { Refund } from './refunds.ts';

/** What takes back part of an invoice. With the order and its invoice it is printed the same for ever. */
export interface CreditNote {
  readonly orderId: string;
  readonly refundKey: string;
  /** From 1, without gaps, apart from the numbers of invoices. */
  readonly serial: number;
  /** RFC 3339 UTC. */
  readonly issuedAt: string;
  /** Minor units of the order's currency, tax included. */
  readonly amountMinor: number;
  readonly taxMinor: number;
}

/** By which people name it: `CN-000042`. */
export const creditNoteNumberOf = ({ serial }: Pick<CreditNote, 'serial'>): string =>
  `CN-${String(serial).padStart(SERIAL_DIGITS, '0')}`;

/** Undefined unless it is the number of a credit note. */
export const creditSerialOf = (number: string): number | undefined => {
  const digits = /^CN-(?<digits>\d{6,9})$/.exec(number)?.groups?.['digits'];
  return digits === undefined ? undefined : Number(digits);
};

const isPaidOut = ({ status }: Refund): boolean => status === 'done' || status === 'settled';

/** Whether the customer has got back money for which there may be no credit note yet. */
export const hasPaidOut = ({ refunds }: Pick<Order, 'refunds'>, known: readonly CreditNote[]): boolean =>
  refunds.filter(isPaidOut).length > known.length;

/** Tax in the first `amountMinor` that are given back of an order: of all of it, the tax of the invoice. */
const taxIn = (
  amountMinor: number,
  { taxMinor, totalMinor }: Pick<Order, 'taxMinor' | 'totalMinor'>,
): number => (totalMinor === 0 ? 0 : Math.round((amountMinor * taxMinor) / totalMinor));

/**
 * Credit notes that an invoiced order still lacks: one for each refund that was paid out. Their taxes add up to that of the invoice,
 * in whatever parts the money is given back.
 * @param known those that the order has
 */
export const lackingCreditNotes = (
  order: Order,
  known: readonly CreditNote[],
  issuedAt: Invoice['issuedAt'],
): readonly Omit<CreditNote, 'serial'>[] => {
  let before = known.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const { orderId } = order;
  return order.refunds
    .filter((refund) => isPaidOut(refund) && !known.some(({ refundKey }) => refundKey === refund.refundKey))
    .map(({ refundKey, amountMinor }) => {
      const taxMinor = taxIn(before + amountMinor, order) - taxIn(before, order);
      before += amountMinor;
      return { orderId, refundKey, issuedAt, amountMinor, taxMinor };
    });
};
