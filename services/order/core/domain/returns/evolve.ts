import type { ReturnEvent, ReturnEventOf } from './events.ts';
import type { Return, ReturnLine } from './return.ts';

/** Before its request, there is no return. */
export type MaybeReturn = Return | undefined;

/** The return after `event`. */
export const evolveReturn = (state: MaybeReturn, event: ReturnEvent): Return => {
  if (event.type === 'requested') return begin(event);
  if (!state) throw new Error(`a return begins with its request, not with ${event.type}`);
  if (event.type === 'words-forgotten') return { ...state, words: {} };
  const { type, at, actor } = event;
  const reached = type === 'exchange-failed' ? 'inspected' : type;
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

type Later = Exclude<ReturnEvent, { readonly type: 'requested' | 'words-forgotten' }>;

const changeBy = (event: Later, { words, lines, exchange }: Return): Partial<Return> => {
  switch (event.type) {
    case 'approved':
      return event.instructions === undefined
        ? {}
        : { words: { ...words, instructions: event.instructions } };
    case 'rejected':
      return { words: { ...words, rejection: event.reason } };
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
      return { refundedMinor: event.amountMinor };
    case 'exchanging':
      return { exchange: { orderId: event.orderId } };
    case 'exchange-failed':
      return exchange ? { exchange: { ...exchange, failure: event.reason } } : {};
    case 'exchanged':
    case 'cancelled':
      return {};
  }
};
