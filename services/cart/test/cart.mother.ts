import type { CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope, NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import { START } from '#test/kit/start.ts';
import type { Cart, CartItem } from '../core/domain/cart.ts';
import type { Offer } from '../core/domain/change.ts';

export const anId = (): string => systemIds.next();

let count = 0;

export const anOffer = (changes: Partial<Offer> = {}): Offer => {
  count += 1;
  return {
    productId: anId(),
    variantId: anId(),
    sku: `SKU-${count}`,
    name: `Thing ${count}`,
    image: '/media/thing.svg',
    price: { minor: 1_999, currency: 'EUR' },
    ...changes,
  };
};

export const aCartItem = (changes: Partial<CartItem> = {}): CartItem => ({
  ...anOffer(),
  itemId: anId(),
  quantity: 1,
  stockChecked: true,
  ...changes,
});

/** A user's cart unless said otherwise. */
export const aCart = (changes: Partial<Cart> = {}): Cart => {
  const cartId = changes.cartId ?? anId();
  return { cartId, userId: cartId, version: 1, items: [], isClosed: false, updatedAt: START, ...changes };
};

/** Catalog and inventory as the cart sees them; both can be switched off. */
export const makeNeighbours = () => {
  const offers = new Map<string, Offer>();
  const levels = new Map<string, number>();
  const down = new Set<'catalog' | 'inventory'>();
  const answering =
    (service: 'catalog' | 'inventory', items: (ids: readonly string[]) => unknown[]): ServiceClient =>
    async ({ body }): Promise<CallAnswer> => {
      if (down.has(service)) throw new Outage(`${service} is away`);
      const { variant_ids } = body as { variant_ids: readonly string[] };
      return Promise.resolve({ status: 200, body: { items: items(variant_ids) } });
    };
  return {
    down,
    /** Offers a variant, so many of it in stock; unknown to the inventory when that is not said. */
    sell: (offer: Offer, available?: number): Offer => {
      offers.set(offer.variantId, offer);
      if (available !== undefined) levels.set(offer.variantId, available);
      return offer;
    },
    /** Sells it no more. */
    withdraw: ({ variantId }: Offer): void => {
      offers.delete(variantId);
    },
    clients: {
      catalog: answering('catalog', (ids) =>
        ids.flatMap((id) => {
          const offer = offers.get(id);
          return offer
            ? [
                {
                  product_id: offer.productId,
                  variant_id: offer.variantId,
                  sku: offer.sku,
                  name: offer.name,
                  ...(offer.image === undefined ? {} : { image: offer.image }),
                  price: toDecimal(offer.price),
                  currency: offer.price.currency,
                },
              ]
            : [];
        }),
      ),
      inventory: answering('inventory', (ids) =>
        ids.flatMap((id) => {
          const available = levels.get(id);
          return available === undefined ? [] : [{ variant_id: id, available }];
        }),
      ),
    },
  };
};

export interface OrderOf {
  readonly orderId: string;
  readonly cart: Pick<Cart, 'cartId' | 'version' | 'items'>;
  /** Defaults to the cart's. */
  readonly userId?: string;
}

const AT = '2026-03-01T12:00:00.000Z';

/** Makes events as the order service would send them. */
export const makeEvents = (seal: (event: NewEvent) => EventEnvelope) => {
  const common = ({ orderId, cart, userId = cart.cartId }: OrderOf) => ({
    order_id: orderId,
    customer: { user_id: userId, email: 'ada@example.com', name: 'Ada' },
    cart_id: cart.cartId,
    cart_version: cart.version,
    currency: 'EUR',
    total_amount: 10,
  });
  const line = ({ productId, variantId, quantity }: CartItem) => ({
    product_id: productId,
    variant_id: variantId,
    quantity,
  });
  return {
    placed: (order: OrderOf): EventEnvelope =>
      seal({
        type: 'order.placed',
        aggregateId: order.orderId,
        aggregateVersion: 1,
        payload: {
          ...common(order),
          items: order.cart.items.map((item) => ({
            ...line(item),
            sku: item.sku,
            name: item.name,
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
          payment_token: 'tok_1',
          placed_at: AT,
        },
      }),
    cancelled: (order: OrderOf): EventEnvelope =>
      seal({
        type: 'order.cancelled',
        aggregateId: order.orderId,
        aggregateVersion: 2,
        payload: {
          ...common(order),
          reason: 'payment_failed',
          items: order.cart.items.map(line),
          cancelled_at: AT,
        },
      }),
  };
};
