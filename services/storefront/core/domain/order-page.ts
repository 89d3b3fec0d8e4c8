import type { OrderPage, ProgressView } from '#contracts/pages/storefront.ts';
import type { Order, OrderDocument, OrderStatus, Progress } from '../ports/shop.ts';
import { linesOf } from './address-text.ts';
import { cardText, type Format } from './format.ts';
import { RETURN_REASONS, type OrderReturn } from '../ports/returns.ts';
import { productHref, reviewHref } from './links.ts';
import { returnView, type EnteredCard } from './return-view.ts';

/** The way of an order that goes well. */
const WAY = ['pending', 'confirmed', 'shipped', 'delivered'] as const;

const FINAL: readonly OrderStatus[] = ['delivered', 'cancelled', 'refunded', 'returned'];

const stepsOf = (status: OrderStatus): OrderPage['steps'] => {
  const at = WAY.findIndex((one) => one === status);
  if (at < 0) return [];
  return WAY.map((name, index) => {
    if (index < at || (index === at && name === 'delivered')) return { name, state: 'done' };
    return { name, state: index === at ? 'current' : 'open' };
  });
};

export const progressOf = (progress: Progress, format: Format): ProgressView => ({
  status: progress.status,
  steps: stepsOf(progress.status),
  placedAt: format.moment(progress.placedAt),
  timeline: progress.steps.map(({ status, at }) => ({ status, at: format.moment(at) })),
  carrier: progress.carrier,
  trackingNumber: progress.trackingNumber,
  expected: progress.expected === undefined ? undefined : format.day(progress.expected),
});

interface Shown extends Pick<OrderPage, 'isNew' | 'isGuest' | 'notice'> {
  readonly returns: readonly OrderReturn[];
  readonly card?: EnteredCard | undefined;
  readonly documents: readonly OrderDocument[];
}

export const orderPage = (
  order: Order,
  { returns, documents, card, ...shown }: Shown,
  format: Format,
): OrderPage => ({
  kind: 'order',
  ...shown,
  orderId: order.orderId,
  number: order.number,
  canCancel: order.canCancel,
  addressHref: order.canChangeAddress ? `/orders/${order.orderId}/address` : undefined,
  returnForm: order.returnable && {
    until: format.date(order.returnable.until),
    seen: returns.length,
    lines: order.returnable.lines.flatMap(({ variantId, quantity }) =>
      order.items
        .filter((item) => item.variantId === variantId)
        .map(({ name }) => ({ variantId, name, most: quantity })),
    ),
    reasons: RETURN_REASONS,
  },
  returns: returns.map((one) => returnView(one, format, card)),
  documents: documents.map(({ kind, number, issuedAt, amount }) => ({
    kind,
    number,
    href: `/orders/${order.orderId}/${kind === 'invoice' ? kind : `credit-notes/${number}`}`,
    date: format.date(issuedAt),
    amount: format.price(amount),
  })),
  status: order.status,
  isFinal: FINAL.includes(order.status),
  steps: stepsOf(order.status),
  placedAt: format.moment(order.placedAt),
  lines: order.items.map(({ productId, variantId, name, quantity, total }) => ({
    href: productHref(productId, name, variantId),
    name,
    quantity,
    total: format.price(total),
    reviewHref: order.status === 'delivered' && !shown.isGuest ? reviewHref(productId) : undefined,
  })),
  subtotal: format.price(order.subtotal),
  delivery: format.price(order.delivery),
  tax: format.price(order.tax),
  pricesIncludeTax: order.pricesIncludeTax,
  total: format.price(order.total),
  refunded: order.refunded.minor === 0 ? undefined : format.price(order.refunded),
  carrier: order.carrier,
  trackingNumber: order.trackingNumber,
  expected: order.expected === undefined ? undefined : format.day(order.expected),
  card: order.card === undefined ? undefined : cardText(order.card),
  address: linesOf(order.address, format),
  requestedAddress: order.requestedAddress ? linesOf(order.requestedAddress, format) : [],
  timeline: order.timeline.map(({ status, at, detail }) => ({ status, at: format.moment(at), detail })),
  seen: order.timeline.length,
});
