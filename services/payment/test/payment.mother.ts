import { playing } from '#test/kit/process.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import type { Authorization, Command, Open } from '../core/domain/commands.ts';
import { paymentProcess } from '../core/domain/process.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const ORDER = '00000000-0000-7000-8000-000000000001';

export const OPEN: Open = {
  type: 'open',
  orderId: ORDER,
  paymentId: '00000000-0000-7000-8000-000000000002',
  customer: { userId: '00000000-0000-7000-8000-000000000003', email: 'ada@example.com', name: 'Ada' },
  amount: { minor: 5_000, currency: 'EUR' },
  token: 'tok_1',
};

export const CANCEL: Command = {
  type: 'cancel',
  orderId: ORDER,
  paymentId: '00000000-0000-7000-8000-000000000004',
};
export const CAPTURE: Command = { type: 'capture' };

const HELD: Authorization = {
  authorization: 'hold_1',
  card: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2_030 },
};

const DECLINED = { status: 'declined', reason: 'card_declined' } as const;
const APPROVED = { status: 'approved' } as const;

export const AUTHORIZED: Command = { type: 'authorization_answered', answer: { ...APPROVED, ...HELD } };
export const NOT_AUTHORIZED: Command = { type: 'authorization_answered', answer: DECLINED };
export const CAPTURED: Command = { type: 'capture_answered', answer: APPROVED };
export const NOT_CAPTURED: Command = { type: 'capture_answered', answer: DECLINED };
export const VOIDED: Command = { type: 'void_answered', outcome: 'voided' };
export const NOT_VOIDED: Command = { type: 'void_answered', outcome: 'captured' };

export const refund = (key: string, minor: number, currency = 'EUR'): Command => ({
  type: 'refund',
  key,
  amount: { minor, currency },
  reason: 'returned',
});
export const refunded = (key: string): Command => ({ type: 'refund_answered', key, answer: APPROVED });
export const notRefunded = (key: string): Command => ({ type: 'refund_answered', key, answer: DECLINED });

export const { after, reactions } = playing(paymentProcess, toWire, { id: ORDER, now: NOW });
