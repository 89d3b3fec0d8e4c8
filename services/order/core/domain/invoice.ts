import type { Money } from '#kernel/money.ts';
import { inCurrency, type Order } from './order.ts';

/** Who sells, as an invoice must say. */
export interface Seller {
  readonly name: string;
  /** Lines of the address. */
  readonly address: readonly string[];
  readonly vatId?: string;
}

/** What an invoice says beyond its order. Together with the order, whose content never changes, it is printed the same for ever. */
export interface Invoice {
  readonly orderId: string;
  /** From 1, without gaps. */
  readonly serial: number;
  /** RFC 3339 UTC. */
  readonly issuedAt: string;
  readonly seller: Seller;
  /** In thousandths of a percent: 19_000 is 19 %. */
  readonly taxRate: number;
}

export const SERIAL_DIGITS = 6;

/** By which people name it: `INV-000042`. */
export const invoiceNumberOf = ({ serial }: Pick<Invoice, 'serial'>): string =>
  `INV-${String(serial).padStart(SERIAL_DIGITS, '0')}`;

/** Paid, and not cancelled before anyone asked for an invoice. What replaces other goods is on their invoice, but for what it costs more. */
export const isInvoiced = ({
  payment,
  status,
  exchangeFor,
  totalMinor,
}: Pick<Order, 'payment' | 'status' | 'exchangeFor' | 'totalMinor'>): boolean =>
  (exchangeFor === undefined || totalMinor > 0) &&
  payment.status === 'captured' &&
  status !== 'pending' &&
  status !== 'cancelled';

export interface TaxLine {
  readonly taxRate: number;
  readonly net: Money;
  readonly tax: Money;
}

/** Net amounts and taxes by rate. All lines of an order have the rate of where it goes. */
export const taxLinesOf = (order: Order, taxRate: number): readonly TaxLine[] => [
  {
    taxRate,
    net: inCurrency(order.totalMinor - order.taxMinor, order),
    tax: inCurrency(order.taxMinor, order),
  },
];

/** Minor units by which taxes differ when they are rounded line by line. */
const roundingOf = ({ lines }: Order): number => lines.length + 1;

/**
 * The tax rate of an order, which only its taxes tell.
 * @param today the rate that holds there today; it is the rate of the order, if it explains the order's taxes
 */
export const taxRateOf = (order: Order, today: number | undefined): number => {
  const { totalMinor, taxMinor } = order;
  const net = totalMinor - taxMinor;
  if (taxMinor === 0 || net === 0) return 0;
  if (today !== undefined && Math.abs((net * today) / 100_000 - taxMinor) <= roundingOf(order)) return today;
  return Math.round((taxMinor / net) * 1_000) * 100; // tenths of a percent
};
