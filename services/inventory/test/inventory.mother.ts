import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { eventAbout, goneEnvelope } from '#test/kit/events.ts';
import type { Sketch } from '#test/kit/sample.ts';
import type { Label } from '../core/domain/label.ts';
import type { Line, Reservation } from '../core/domain/reservation.ts';
import type { Goods, Shelf, StockItem, Variant } from '../core/domain/stock.ts';

export const anId = (): string => systemIds.next();

let count = 0;

export const anItem = (changes: Partial<StockItem> = {}): StockItem => {
  count += 1;
  return {
    variantId: anId(),
    productId: anId(),
    sku: `SKU-${String(count).padStart(4, '0')}`,
    stock: 20,
    reserved: 0,
    lowStockThreshold: 5,
    withdrawn: false,
    version: 1,
    ...changes,
  };
};

export const shelfOf = ({ sku, stock, reserved, lowStockThreshold, version }: StockItem): Shelf => ({
  sku,
  stock,
  reserved,
  lowStockThreshold,
  version,
});

export const variantOf = ({ variantId, productId, sku, withdrawn }: StockItem): Variant => ({
  variantId,
  productId,
  sku,
  withdrawn,
});

export const aLabel = (changes: Partial<Label> = {}): Label => ({
  variantId: anId(),
  sku: 'LAMP-OAK',
  name: 'Desk lamp',
  attributes: { Colour: 'Oak' },
  categoryIds: [],
  categoryPath: ['Home', 'Lamps'],
  ...changes,
});

/** A variant as its product's events tell it. */
export const toldOf = ({ variantId, sku }: Pick<StockItem, 'variantId' | 'sku'>, initialStock: number) => ({
  ...aLabel({ variantId, sku }),
  initialStock,
});

/** If two items have one SKU, the first determines the stock. */
export const goodsOf = (...items: readonly StockItem[]): Goods => ({
  shelves: new Map(items.toReversed().map((item) => [item.sku, shelfOf(item)])),
  variants: new Map(items.map((item) => [item.variantId, variantOf(item)])),
});

export const lineOf = ({ productId, variantId }: StockItem, quantity: number): Line => ({
  productId,
  variantId,
  quantity,
});

export const aReservation = (changes: Partial<Reservation> = {}): Reservation => ({
  orderId: anId(),
  attempt: 1,
  status: 'reserved',
  lines: [],
  ...changes,
});

const stockLines = (lines: readonly Line[]) =>
  lines.map(({ productId, variantId, quantity }) => ({
    product_id: productId,
    variant_id: variantId,
    quantity,
  }));

/** Events as the other services publish them. */
export const events = {
  product: (
    items: readonly StockItem[],
    version = 1,
    details: Sketch<EventPayloads['product.updated']> = {},
  ): EventEnvelope => {
    const variants = items.map(({ variantId, sku, stock }, index) => ({
      ...details.variants?.[index],
      variant_id: variantId,
      sku,
      initial_stock: stock,
    }));
    const type = version === 1 ? 'product.created' : 'product.updated';
    return eventAbout(items[0]?.productId ?? anId(), type, { ...details, version, variants }, version);
  },
  deleted: (productId: string, version: number) => goneEnvelope(version, productId),
  placed: (orderId: string, lines: readonly Line[]) =>
    eventAbout(orderId, 'order.placed', { items: stockLines(lines) }),
  reshipRequested: (orderId: string, attempt: number, lines: readonly Line[]) =>
    eventAbout(orderId, 'order.reship_requested', { attempt, items: stockLines(lines) }),
  cancelled: (orderId: string, lines: readonly Line[], ...sent: readonly number[]) =>
    eventAbout(orderId, 'order.cancelled', {
      items: stockLines(lines),
      ...(sent.length === 0 ? {} : { sent_attempts: sent }),
    }),
  dispatched: (orderId: string, lines: readonly Line[], attempt = 1) =>
    eventAbout(orderId, 'shipment.created', { attempt, items: stockLines(lines) }),
  restockRequested: (orderId: string, lines: readonly Line[], reason: 'return' | 'refund') =>
    eventAbout(orderId, 'order.restock_requested', { reason, items: stockLines(lines) }),
  /** Without an attempt, like old events. */
  caseResolved: (orderId: string, lines: readonly Line[], restock: boolean, attempt?: number) =>
    eventAbout(orderId, 'order.case_resolved', { attempt, restock, items: stockLines(lines) }),
};
