import { ok, type Result } from '#kernel/result.ts';
import type { OrderReturn, ReturnsOfShop } from '../core/ports/returns.ts';
import type { Refused } from '../core/ports/shop.ts';
import { ORDER, refusal, USER, type Note } from './sample.ts';

export const RETURN: OrderReturn = {
  returnId: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f54',
  orderId: ORDER,
  number: 'K7QM-2X9F-R1',
  state: 'approved',
  lines: [{ name: 'Desk lamp (Oak)', quantity: 1 }],
  address: ['Lamp shop', 'Returns 1'],
  instructions: 'In its box, please.',
  rejection: undefined,
  refund: undefined,
  exchangeOrderId: undefined,
  difference: undefined,
  offer: undefined,
  hasFailed: false,
  canCancel: true,
  requestedAt: new Date('2026-03-08T09:00:00Z'),
};

type Done = Result<undefined, Refused>;

/** Sam sends a lamp back. */
export const fakeReturns = (note: Note): ReturnsOfShop => ({
  returnsOf: (orderId) => Promise.resolve(orderId === ORDER ? [RETURN] : []),
  requestReturn: note<Parameters<ReturnsOfShop['requestReturn']>, Done>('requestReturn', (orderId) =>
    orderId === ORDER ? ok(undefined) : refusal('ORDER_NOT_FOUND'),
  ),
  cancelReturn: note<Parameters<ReturnsOfShop['cancelReturn']>, Done>('cancelReturn', (orderId, returnId) =>
    orderId === ORDER && returnId === RETURN.returnId ? ok(undefined) : refusal('RETURN_NOT_FOUND'),
  ),
  payExchange: note<Parameters<ReturnsOfShop['payExchange']>, Done>('payExchange', (_, returnId) =>
    returnId === RETURN.returnId ? ok(undefined) : refusal('RETURN_NOT_FOUND'),
  ),
  returnLabel: (orderId, returnId) =>
    Promise.resolve(orderId === ORDER && returnId === RETURN.returnId ? Buffer.from('%PDF-1.7') : undefined),
  ownReturns: (userId) => Promise.resolve({ items: userId === USER ? [RETURN] : [], next: undefined }),
});
