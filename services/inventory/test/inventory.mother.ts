import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
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

const CUSTOMER = { user_id: anId(), email: 'ada@example.com', name: 'Ada' };
const AT = '2026-03-01T12:00:00.000Z';

const stockLines = (lines: readonly Line[]) =>
  lines.map(({ productId, variantId, quantity }) => ({
    product_id: productId,
    variant_id: variantId,
    quantity,
  }));

/** Makes events of an order as the other services publish them. */
export const makeEvents = (seal: (event: NewEvent) => EventEnvelope) => {
  const make = <T extends EventType>(type: T, aggregateId: string, payload: EventPayloads[T], version = 1) =>
    seal({ type, aggregateId, aggregateVersion: version, key: aggregateId, payload });
  return {
    product: (items: readonly StockItem[], version = 1): EventEnvelope => {
      const productId = items[0]?.productId ?? anId();
      return make(
        version === 1 ? 'product.created' : 'product.updated',
        productId,
        {
          product_id: productId,
          version,
          name: 'A thing',
          description: '',
          category: 'Things',
          subcategory: 'Small things',
          tags: [],
          brand: 'Maker',
          specifications: {},
          variants: items.map(({ variantId, sku, stock }) => ({
            variant_id: variantId,
            sku,
            attributes: {},
            price: 10,
            currency: 'EUR',
            images: [],
            initial_stock: stock,
          })),
          created_at: AT,
          updated_at: AT,
        },
        version,
      );
    },
    deleted: (productId: string, version: number): EventEnvelope =>
      make('product.deleted', productId, { product_id: productId, version, deleted_at: AT }, version),
    placed: (orderId: string, lines: readonly Line[]): EventEnvelope =>
      make('order.placed', orderId, {
        order_id: orderId,
        customer: CUSTOMER,
        cart_id: CUSTOMER.user_id,
        cart_version: 1,
        currency: 'EUR',
        items: stockLines(lines).map((line) => ({
          ...line,
          sku: 'SKU',
          name: 'A thing',
          price: 10,
          tax: 0,
          total: 10,
        })),
        shipping: { option_id: 'standard', carrier: 'Post', service: 'Standard', price: 0, tax: 0 },
        shipping_address: {
          recipient: 'Ada',
          line1: 'Street 1',
          city: 'Town',
          postal_code: '12345',
          country: 'DE',
        },
        subtotal: 10,
        tax_total: 0,
        total_amount: 10,
        payment_token: 'tok_1',
        placed_at: AT,
      }),
    reshipRequested: (orderId: string, attempt: number, lines: readonly Line[]): EventEnvelope =>
      make('order.reship_requested', orderId, {
        order_id: orderId,
        attempt,
        items: stockLines(lines),
        requested_at: AT,
      }),
    cancelled: (orderId: string, lines: readonly Line[], ...sent: readonly number[]): EventEnvelope =>
      make('order.cancelled', orderId, {
        order_id: orderId,
        customer: CUSTOMER,
        cart_id: CUSTOMER.user_id,
        cart_version: 1,
        reason: 'payment_failed',
        items: stockLines(lines),
        total_amount: 10,
        currency: 'EUR',
        ...(sent.length === 0 ? {} : { sent_attempts: [...sent] }),
        cancelled_at: AT,
      }),
    dispatched: (orderId: string, lines: readonly Line[], attempt = 1): EventEnvelope =>
      make('shipment.created', orderId, {
        order_id: orderId,
        attempt,
        customer: CUSTOMER,
        shipment_id: anId(),
        carrier: 'Post',
        service: 'Standard',
        tracking_number: 'T1',
        items: stockLines(lines),
        estimated_delivery: '2026-03-04',
        created_at: AT,
      }),
    /** Without an attempt, like old events. */
    caseResolved: (
      orderId: string,
      lines: readonly Line[],
      restock: boolean,
      attempt?: number,
    ): EventEnvelope =>
      make('order.case_resolved', orderId, {
        order_id: orderId,
        ...(attempt === undefined ? {} : { attempt }),
        customer: CUSTOMER,
        resolution: 'refund',
        restock,
        items: stockLines(lines),
        resolved_at: AT,
      }),
  };
};

export type Events = ReturnType<typeof makeEvents>;
