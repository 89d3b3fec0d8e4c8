import type { CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { toDecimal } from '#kernel/money.ts';
import { eventAbout } from '#test/kit/events.ts';
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
                  ...(offer.otherPrices && {
                    other_prices: offer.otherPrices.map((price) => ({
                      price: toDecimal(price),
                      currency: price.currency,
                    })),
                  }),
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

const customerOf = ({ cart, userId = cart.cartId }: OrderOf) => ({
  customer: { user_id: userId },
  cart_id: cart.cartId,
  cart_version: cart.version,
});

const linesOf = ({ cart }: OrderOf) =>
  cart.items.map(({ productId, variantId, quantity }) => ({
    product_id: productId,
    variant_id: variantId,
    quantity,
  }));

/** Events as the order service sends them. */
export const events = {
  placed: (order: OrderOf) =>
    eventAbout(order.orderId, 'order.placed', { ...customerOf(order), items: linesOf(order) }),
  cancelled: (order: OrderOf) =>
    eventAbout(order.orderId, 'order.cancelled', { ...customerOf(order), items: linesOf(order) }, 2),
};
