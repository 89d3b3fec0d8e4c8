import type { ReturnEvent, ReturnEventOf } from './events.ts';
import type { Return, ReturnLine, ReturnState } from './return.ts';

/** Before its request, there is no return. */
export type MaybeReturn = Return | undefined;

/** The return after `event`. */
export const evolveReturn = (state: MaybeReturn, event: ReturnEvent): Return => {
  if (event.type === 'requested') return begin(event);
  if (!state) throw new Error(`a return begins with its request, not with ${event.type}`);
  if (event.type === 'words-forgotten') return { ...state, words: {} };
  const { at, actor } = event;
  const reached = reachedBy(event);
  return {
    ...state,
    ...changeBy(event, state),
    state: reached,
    history: [...state.history, { state: reached, at, actor }],
  };
};

const begin = ({
  returnId,
  orderId,
  number,
  currency,
  lines,
  comment,
  at,
  actor,
}: ReturnEventOf<'requested'>): Return => ({
  returnId,
  orderId,
  number,
  state: 'requested',
  lines,
  currency,
  words: comment === undefined ? {} : { comment },
  history: [{ state: 'requested', at, actor }],
});

const reachedBy = (event: Later): ReturnState => {
  switch (event.type) {
    case 'offered':
      return 'awaiting_payment';
    case 'offer-expired':
      return 'inspected';
    case 'exchange-failed':
      return event.isPayable ? 'awaiting_payment' : 'inspected';
    default:
      return event.type;
  }
};

type Later = Exclude<ReturnEvent, { readonly type: 'requested' | 'words-forgotten' }>;

const changeBy = (event: Later, { words, lines, exchange, offer }: Return): Partial<Return> => {
  switch (event.type) {
    case 'approved':
      return event.instructions === undefined
        ? {}
        : { words: { ...words, instructions: event.instructions } };
    case 'rejected':
      return { words: { ...words, rejection: event.reason }, offer: undefined };
    case 'received':
      return {
        lines: lines.map((line): ReturnLine => {
          const came = event.lines.find(({ variantId }) => variantId === line.variantId);
          return { ...line, received: came?.quantity ?? 0, ...(came && { condition: came.condition }) };
        }),
      };
    case 'inspected':
      return {
        lines: lines.map((line): ReturnLine => {
          const seen = event.lines.find(({ variantId }) => variantId === line.variantId);
          return { ...line, restocked: seen?.restock ?? 0 };
        }),
      };
    case 'refunding':
    case 'refunded':
      return { refundedMinor: event.amountMinor, offer: undefined };
    case 'offered':
      return { offer: event.offer };
    case 'offer-expired':
      return { offer: undefined };
    case 'exchanging': {
      const { orderId, differences, isPaid } = event;
      // Should the payment be refused, the offer still holds.
      return { exchange: { orderId, differences }, offer: isPaid ? offer : undefined };
    }
    case 'exchange-failed':
      return {
        ...(exchange && { exchange: { ...exchange, failure: event.reason } }),
        offer: event.isPayable ? offer : undefined,
      };
    case 'exchanged':
    case 'cancelled':
      return {};
  }
};
