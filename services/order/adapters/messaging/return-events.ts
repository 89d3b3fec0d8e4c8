import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Order } from '../../core/domain/order.ts';
import { inCurrency } from '../../core/domain/order.ts';
import type {
  PublishedOfReturn,
  ReturnEventOf,
  ReturnPublication,
} from '../../core/domain/returns/events.ts';
import { unitsOf, type Return, type ReturnLine } from '../../core/domain/returns/return.ts';
import type { OrderTokens } from '../security/order-tokens.ts';
import { by, customerOf } from './integration-events.ts';

export interface ReturnWiring {
  readonly tokens: Pick<OrderTokens, 'issue'>;
  /** Where customers send goods, as lines. */
  readonly returnAddress: string | undefined;
}

/** A publication about a return of the order in its wire format; `version` is the return's. */
export const makeReturnToWire =
  ({ tokens, returnAddress }: ReturnWiring) =>
  (order: Order) =>
  <Type extends keyof PublishedOfReturn>(
    { type, state, event }: ReturnPublication<Type>,
    version: number,
  ): NewEvent => ({
    type,
    aggregateId: state.returnId,
    aggregateVersion: version,
    key: order.orderId,
    payload: PAYLOADS[type](
      {
        return_id: state.returnId,
        return_number: state.number,
        order_id: order.orderId,
        order_number: order.number,
        customer: customerOf(order),
        ...(order.customer.userId === undefined ? { order_token: tokens.issue(order) } : {}),
        ...by(order, state.history.at(-1)?.actor),
      },
      { state, event, order, returnAddress },
    ),
  });

interface About<Type extends keyof PublishedOfReturn> {
  readonly state: Return;
  readonly event: ReturnEventOf<PublishedOfReturn[Type]>;
  readonly order: Order;
  readonly returnAddress: string | undefined;
}

type Common = Omit<EventPayloads['return.cancelled'], 'lines' | 'cancelled_at'>;

const PAYLOADS: {
  readonly [Type in keyof PublishedOfReturn]: (common: Common, about: About<Type>) => EventPayloads[Type];
} = {
  'return.requested': (common, { state, event }) => ({
    ...common,
    lines: state.lines.map((line) => ({ ...lineOf(line), reason: line.reason })),
    requested_at: event.at,
  }),
  'return.approved': (common, { state, event, returnAddress }) => ({
    ...common,
    lines: linesOf(state),
    ...(returnAddress === undefined ? {} : { return_address: returnAddress }),
    ...(event.instructions === undefined ? {} : { instructions: event.instructions }),
    approved_at: event.at,
  }),
  'return.rejected': (common, { state, event }) => ({
    ...common,
    lines: linesOf(state),
    reason: event.reason,
    rejected_at: event.at,
  }),
  'return.received': (common, { state, event }) => ({
    ...common,
    lines: state.lines.flatMap((line) =>
      unitsOf(line) > 0 && line.condition ? [{ ...lineOf(line), condition: line.condition }] : [],
    ),
    received_at: event.at,
  }),
  'return.refunded': (common, { state, event, order }) => ({
    ...common,
    lines: linesOf(state),
    amount: toDecimal(inCurrency(event.amountMinor, order)),
    currency: order.currency,
    refunded_at: event.at,
  }),
  'return.payment_requested': (common, { state, event: { offer, at }, order }) => ({
    ...common,
    lines: linesOf(state),
    amount: toDecimal(inCurrency(offer.dueMinor, order)),
    currency: order.currency,
    valid_until: offer.until,
    requested_at: at,
  }),
  'return.exchanged': (common, { state, event }) => ({
    ...common,
    lines: linesOf(state),
    exchanged_at: event.at,
  }),
  'return.cancelled': (common, { state, event }) => ({
    ...common,
    lines: linesOf(state),
    cancelled_at: event.at,
  }),
};

const lineOf = (line: ReturnLine) => ({
  product_id: line.productId,
  variant_id: line.variantId,
  name: line.name,
  quantity: unitsOf(line),
});

/** The units that came back, or those that are expected. */
const linesOf = ({ lines }: Return) => lines.filter((line) => unitsOf(line) > 0).map(lineOf);
