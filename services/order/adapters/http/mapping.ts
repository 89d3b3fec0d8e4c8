import { toDecimal } from '#kernel/money.ts';
import type { components } from '#openapi/generated/order.ts';
import type { CheckoutQuote } from '../../core/application/quote-checkout.ts';
import { shortagesOf } from '../../core/application/price-cart.ts';
import { actionsOf, type OrderAction } from '../../core/domain/actions.ts';
import type { ReturnTerms } from '../../core/domain/returnable.ts';
import type { Actor } from '../../core/domain/actor.ts';
import { creditNoteNumberOf, type CreditNote } from '../../core/domain/credit-note.ts';
import { invoiceNumberOf, type Invoice } from '../../core/domain/invoice.ts';
import { openCases, type Case, type CaseEntry } from '../../core/domain/cases.ts';
import { isOnHold, openKindsOf } from '../../core/domain/listing.ts';
import { refundableUnits, refundedUnits, totalOf } from '../../core/domain/line-refunds.ts';
import {
  billingAddressOf,
  inCurrency,
  type Address,
  type Hold,
  type Order,
  type TimelineEntry,
} from '../../core/domain/order.ts';
import { isToBeSent, lastParcel } from '../../core/domain/order-state.ts';
import {
  emptyFile,
  mentionedIn,
  type Member,
  type Note,
  type StaffFile,
} from '../../core/domain/staff-file.ts';
import { refundableMinor, type RefundParts } from '../../core/domain/refunds.ts';
import type { Page } from '#kernel/pages.ts';

type Schemas = components['schemas'];

/** The reader. Staff see who acted; a customer sees "the shop". Who has only the order's token must not learn of an account. */
export interface Viewer {
  /** Undefined for a guest. */
  readonly userId: string | undefined;
  readonly isStaff: boolean;
  readonly returns: ReturnTerms;
}

/** Counts what readers see: an entry per event, except that a user has claimed the order. */
export const shownVersion = ({ timeline }: Order): number => timeline.length;

/** The reader as an actor of an order that they may see; who has only its token acts for the customer. */
export const actorOf = (
  { customer }: Order,
  { userId, isStaff }: Viewer,
): Exclude<Actor, { readonly kind: 'system' }> => {
  if (userId === undefined) return { kind: 'customer' };
  if (userId === customer.userId) return { kind: 'customer', userId };
  return isStaff ? { kind: 'staff', userId } : { kind: 'customer' };
};

export const fromOrder = (order: Order, viewer: Viewer): Schemas['Order'] => {
  const decimal = (minor: number): number => toDecimal(inCurrency(minor, order));
  const { payment } = order;
  const parcel = isToBeSent(order) ? undefined : lastParcel(order);
  const [oldest] = openCases(order);
  const { userId } = order.customer;
  return {
    order_id: order.orderId,
    number: order.number,
    user_id: userId !== undefined && (viewer.isStaff || viewer.userId === userId) ? userId : order.orderId,
    version: shownVersion(order),
    status: order.status,
    ...(order.exchangeFor
      ? { exchange_for: { order_id: order.exchangeFor.orderId, return_id: order.exchangeFor.returnId } }
      : {}),
    ...(order.cancelRequested === undefined ? {} : { cancel_requested: order.cancelRequested }),
    ...(order.addressRequest ? { requested_address: fromAddress(order.addressRequest.address) } : {}),
    ...(order.hold && viewer.isStaff ? { hold: fromHold(order.hold, viewer) } : {}),
    ...(oldest ? { open_case: oldest.kind === 'cancel_unanswered' ? 'overdue' : oldest.kind } : {}),
    cases: order.cases.map((one) => fromCase(one, decimal, viewer)),
    currency: order.currency,
    items: order.lines.map((line) => ({
      product_id: line.productId,
      variant_id: line.variantId,
      sku: line.sku,
      name: line.name,
      quantity: line.quantity,
      price: decimal(line.priceMinor),
      tax: decimal(line.taxMinor),
      total: decimal(line.totalMinor),
      refunded_quantity: refundedUnits(order, line),
    })),
    subtotal: decimal(order.subtotalMinor),
    shipping: {
      option_id: order.shipping.optionId,
      carrier: order.shipping.carrier,
      service: order.shipping.service,
      price: decimal(order.shipping.priceMinor),
      ...(parcel
        ? { tracking_number: parcel.trackingNumber, estimated_delivery: parcel.estimatedDelivery }
        : {}),
    },
    tax_total: decimal(order.taxMinor),
    total_amount: decimal(order.totalMinor),
    refunded_total: decimal(order.refundedMinor),
    prices_include_tax: order.pricesIncludeTax ?? false,
    shipping_address: fromAddress(order.address),
    billing_address: fromAddress(billingAddressOf(order)),
    ...(order.billing?.company === undefined ? {} : { company: order.billing.company }),
    ...(order.billing?.vatId === undefined ? {} : { vat_id: order.billing.vatId }),
    payment: {
      status: payment.status,
      ...(payment.brand === undefined ? {} : { brand: payment.brand }),
      ...(payment.last4 === undefined ? {} : { last4: payment.last4 }),
    },
    timeline: order.timeline.map((entry) => fromTimeline(entry, viewer)),
    actions: actionsOf(order, actorOf(order, viewer), viewer.isStaff, viewer.returns).map((one) =>
      fromAction(one, decimal),
    ),
    placed_at: order.placedAt,
    updated_at: order.updatedAt,
  };
};

/** Nothing about goods and people. */
export const fromProgress = (order: Order): Schemas['OrderProgress'] => {
  const parcel = isToBeSent(order) ? undefined : lastParcel(order);
  return {
    status: order.status,
    placed_at: order.placedAt,
    progress: order.timeline
      .filter(({ status }, index) => status !== order.timeline[index - 1]?.status)
      .map(({ status, at }) => ({ status, at })),
    ...(parcel
      ? {
          carrier: parcel.carrier,
          tracking_number: parcel.trackingNumber,
          estimated_delivery: parcel.estimatedDelivery,
        }
      : {}),
  };
};

const fromAction = (action: OrderAction, decimal: (minor: number) => number): Schemas['OrderAction'] => {
  switch (action.action) {
    case 'cancel':
    case 'hold':
    case 'release':
    case 'ship':
      return { action: action.action };
    case 'change-address':
      return { action: 'change_address' };
    case 'refund':
      return {
        action: 'refund',
        left: decimal(action.leftMinor),
        lines: action.lines.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity })),
        shipping: action.shipping,
      };
    case 'return':
      return {
        action: 'return',
        until: action.until.toISOString(),
        lines: action.lines.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity })),
      };
    case 'resolve-case':
      return {
        action: 'resolve_case',
        case_id: action.caseId,
        kind: action.kind,
        resolutions: [...action.resolutions],
        restock: action.restock,
      };
  }
};

const fromHold = ({ reason, since, actor, isEffective }: Hold, viewer: Viewer): Schemas['Hold'] => ({
  reason,
  since,
  actor: fromActor(actor, viewer),
  is_effective: isEffective,
});

const fromMember = ({ userId, name }: Member): Schemas['Member'] => ({ user_id: userId, name });

/** What staff see in every list. */
const fromFile = ({ tags, assignee }: StaffFile) => ({
  tags: [...tags],
  ...(assignee ? { assignee: fromMember(assignee) } : {}),
});

export const fromNote = ({ noteId, text, author, at, mentions }: Note): Schemas['Note'] => ({
  note_id: noteId,
  text,
  author: fromMember(author),
  at,
  ...(mentions ? { mentions: [...mentions] } : {}),
});

export const fromStaffOrder = (order: Order, file: StaffFile, viewer: Viewer): Schemas['StaffOrder'] => ({
  order: fromOrder(order, viewer),
  ...fromFile(file),
  notes: file.notes.map(fromNote),
});

const fromSummary = (order: Order, file: StaffFile, { userId }: Member): Schemas['OrderSummary'] => {
  const parcel = lastParcel(order);
  return {
    order_id: order.orderId,
    number: order.number,
    status: order.status,
    payment_status: order.payment.status,
    customer: {
      ...(order.customer.userId === undefined ? {} : { user_id: order.customer.userId }),
      name: order.customer.name,
      email: order.customer.email,
    },
    currency: order.currency,
    total_amount: toDecimal(inCurrency(order.totalMinor, order)),
    refunded_total: toDecimal(inCurrency(order.refundedMinor, order)),
    item_count: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    open_cases: [...openKindsOf(order)],
    ...(isOnHold(order) ? { on_hold: true } : {}),
    carrier: order.shipping.carrier,
    country: order.address.country,
    ...fromFile(file),
    ...(mentionedIn(file).includes(userId) ? { mentions_caller: true } : {}),
    ...(parcel ? { tracking_number: parcel.trackingNumber } : {}),
    placed_at: order.placedAt,
    updated_at: order.updatedAt,
  };
};

export const fromSummaries = (
  { items, next }: Page<Order>,
  files: ReadonlyMap<string, StaffFile>,
  caller: Member,
): Schemas['OrderSummaryPage'] => ({
  items: items.map((order) =>
    fromSummary(order, files.get(order.orderId) ?? emptyFile(order.orderId), caller),
  ),
  ...(next === undefined ? {} : { next_cursor: next }),
});

export const fromRefundQuote = (order: Order, parts: RefundParts): Schemas['RefundQuote'] => {
  const decimal = (minor: number): number => toDecimal(inCurrency(minor, order));
  const asked = new Map(parts.lines.map((line) => [line.variantId, line]));
  return {
    currency: order.currency,
    lines: order.lines.map((line) => ({
      variant_id: line.variantId,
      sku: line.sku,
      quantity: asked.get(line.variantId)?.quantity ?? 0,
      amount: decimal(asked.get(line.variantId)?.amountMinor ?? 0),
      refundable_quantity: refundableUnits(order, line),
    })),
    shipping_amount: decimal(parts.shippingMinor),
    amount: decimal(totalOf(parts)),
    left: decimal(refundableMinor(order)),
  };
};

const fromCase = (
  { caseId, kind, state, attempt, openedAt, resolution, amountMinor, history }: Case,
  decimal: (minor: number) => number,
  viewer: Viewer,
): Schemas['Case'] => ({
  case_id: caseId,
  kind,
  state,
  attempt,
  opened_at: openedAt,
  ...(resolution === undefined ? {} : { resolution }),
  ...(amountMinor === undefined ? {} : { amount: decimal(amountMinor) }),
  history: history.map(({ at, what, actor }: CaseEntry) => ({ at, what, actor: fromActor(actor, viewer) })),
});

export const fromTimeline = (
  { status, at, detail, actor, correlationId }: TimelineEntry,
  viewer: Viewer,
): Schemas['TimelineEntry'] => ({
  status,
  at,
  detail,
  actor: fromActor(actor, viewer),
  ...(viewer.isStaff && correlationId !== undefined ? { correlation_id: correlationId } : {}),
});

export const fromActor = (actor: Actor, { isStaff }: Pick<Viewer, 'isStaff'>): Schemas['Actor'] => {
  if (actor.kind === 'system') return { kind: 'system' };
  const kind = actor.kind === 'staff' ? 'shop' : 'customer';
  return isStaff && actor.userId !== undefined ? { kind, user_id: actor.userId } : { kind };
};

/** Explicit, so that the order of keys does not depend on the store. */
const fromAddress = (address: Address): Schemas['Order']['shipping_address'] => ({
  recipient: address.recipient,
  line1: address.line1,
  ...(address.line2 === undefined ? {} : { line2: address.line2 }),
  city: address.city,
  ...(address.region === undefined ? {} : { region: address.region }),
  postal_code: address.postal_code,
  country: address.country,
  ...(address.phone === undefined ? {} : { phone: address.phone }),
});

export const fromPage = ({ items, next }: Page<Order>, viewer: Viewer): Schemas['OrderPage'] => ({
  items: items.map((order) => fromOrder(order, viewer)),
  ...(next === undefined ? {} : { next_cursor: next }),
});

export const fromQuote = ({ priced, options, token, validUntil }: CheckoutQuote): Schemas['Quote'] => {
  const { cart, items, taxation } = priced;
  const subtotalMinor = items.reduce((sum, { offer, quantity }) => sum + offer.price.minor * quantity, 0);
  return {
    cart_version: cart.version,
    currency: cart.currency,
    prices_include_tax: taxation.isIncluded,
    issues: shortagesOf(priced).map(({ itemId, variantId, offer, quantity, available }) => ({
      code: 'OUT_OF_STOCK',
      item_id: itemId,
      variant_id: variantId,
      sku: offer.sku,
      requested: quantity,
      available,
    })),
    items: items.map(({ itemId, productId, variantId, quantity, offer, available }) => ({
      item_id: itemId,
      product_id: productId,
      variant_id: variantId,
      sku: offer.sku,
      name: offer.name,
      quantity,
      ...(available === undefined ? {} : { available }),
      price: toDecimal(offer.price),
      total: toDecimal(inCurrency(offer.price.minor * quantity, cart)),
    })),
    subtotal: toDecimal(inCurrency(subtotalMinor, cart)),
    options: options.map(({ option, totals }) => ({
      shipping_option_id: option.optionId,
      carrier: option.carrier,
      service: option.service,
      shipping: toDecimal(option.price),
      tax: toDecimal(totals.tax),
      total: toDecimal(totals.total),
      estimated_delivery: option.estimatedDelivery,
    })),
    ...(token === undefined ? {} : { quote_token: token, valid_until: validUntil.toISOString() }),
  };
};

export const fromDocuments = (
  order: Order,
  documents: { readonly invoice: Invoice; readonly creditNotes: readonly CreditNote[] } | undefined,
): Schemas['Documents'] => ({
  items: documents
    ? [
        {
          kind: 'invoice',
          number: invoiceNumberOf(documents.invoice),
          issued_at: documents.invoice.issuedAt,
          amount: toDecimal(inCurrency(order.totalMinor, order)),
          currency: order.currency,
        },
        ...documents.creditNotes.map((note) => ({
          kind: 'credit_note' as const,
          number: creditNoteNumberOf(note),
          issued_at: note.issuedAt,
          amount: toDecimal(inCurrency(note.amountMinor, order)),
          currency: order.currency,
        })),
      ]
    : [],
});
