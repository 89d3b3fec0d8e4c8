import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import { CircuitOpen, Outage, TimedOut } from '#adapters/resilience/policy.ts';
import { moneyOf } from '#kernel/money.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { operations as CartOperations } from '#openapi/generated/cart.ts';
import type { operations as CatalogOperations } from '#openapi/generated/catalog.ts';
import type { operations as InventoryOperations } from '#openapi/generated/inventory.ts';
import type { operations as ShippingOperations } from '#openapi/generated/shipping.ts';
import type { operations as UserOperations } from '#openapi/generated/user.ts';
import type {
  Cart,
  Carts,
  Offers,
  PaymentMethods,
  ReturnLabels,
  ShippingQuotes,
  Stock,
  UnusableMethod,
} from '../../core/ports/upstreams.ts';

/** Body of an operation's 200, as in the OpenAPI file of its service; contract tests verify it. */
type Answered<O> = O extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never;

const call = async <Body>(client: ServiceClient, request: Parameters<ServiceClient>[0]): Promise<Body> => {
  const { status, body } = await client(request);
  if (status !== 200) throw new Outage(`${request.method} ${request.path} answered ${status}`);
  return body as Body;
};

export const httpCarts = (client: ServiceClient): Carts => ({
  ofUser: async (userId) => {
    const cart = await call<Answered<CartOperations['getCartForOrder']>>(client, {
      method: 'GET',
      path: `/internal/v1/carts/${userId}`,
      scope: 'carts:read',
    });
    return toCart(cart);
  },
  ofGuest: async (cartId, token) => {
    const { status, body } = await client({
      method: 'POST',
      path: '/internal/v1/guest-carts',
      scope: 'carts:read',
      body: { cart_id: cartId, cart_token: token },
    });
    if (status === 403) return undefined;
    if (status !== 200) throw new Outage(`POST /internal/v1/guest-carts answered ${status}`);
    return toCart(body as Answered<CartOperations['getGuestCartForOrder']>);
  },
});

const toCart = (cart: Answered<CartOperations['getCartForOrder']>): Cart => ({
  cartId: cart.cart_id,
  version: cart.version,
  currency: cart.currency ?? 'EUR', // only an empty cart has no currency
  items: cart.items.map((item) => ({
    itemId: item.item_id,
    sku: item.sku,
    productId: item.product_id,
    variantId: item.variant_id,
    quantity: item.quantity,
  })),
});

export const httpOffers = (client: ServiceClient): Offers => ({
  of: async (variantIds, currency) => {
    const { items } = await call<Answered<CatalogOperations['getOffers']>>(client, {
      method: 'POST',
      path: '/internal/v1/offers',
      scope: 'offers:read',
      body: { variant_ids: variantIds },
    });
    return new Map(
      items.map(({ product_id, variant_id, sku, name, other_prices = [], ...own }) => {
        const found = [own, ...other_prices].find((one) => one.currency === currency) ?? own;
        return [
          variant_id,
          {
            productId: product_id,
            variantId: variant_id,
            sku,
            name,
            price: moneyOf(found.price, found.currency),
          },
        ];
      }),
    );
  },
});

/** An unavailable inventory does not block checkout: stock is reserved after the order is placed. */
export const httpStock = (client: ServiceClient): Stock => ({
  available: async (variantIds) => {
    try {
      const { items } = await call<Answered<InventoryOperations['checkAvailability']>>(client, {
        method: 'POST',
        path: '/internal/v1/availability',
        scope: 'stock:read',
        body: { variant_ids: variantIds },
      });
      return new Map(items.map(({ variant_id, available }) => [variant_id, available]));
    } catch (error) {
      if (error instanceof Outage || error instanceof TimedOut || error instanceof CircuitOpen)
        return new Map();
      throw error;
    }
  },
});

export const httpShippingQuotes = (client: ServiceClient): ShippingQuotes => ({
  quote: async (address, itemCount, currency) => {
    const { items } = await call<Answered<ShippingOperations['quoteShipping']>>(client, {
      method: 'POST',
      path: '/internal/v1/shipping-quotes',
      scope: 'quotes:read',
      body: {
        address: {
          country: address.country,
          ...(address.postal_code === '' ? {} : { postal_code: address.postal_code }),
          ...(address.region === undefined ? {} : { region: address.region }),
        },
        item_count: itemCount,
        currency,
      },
    });
    return items.map((option) => ({
      optionId: option.option_id,
      carrier: option.carrier,
      service: option.service,
      price: moneyOf(option.price, option.currency),
      estimatedDelivery: option.estimated_delivery,
    }));
  },
});

export const httpReturnLabels = (client: ServiceClient): ReturnLabels => ({
  print: async ({ returnId, number, optionId, from, to, itemCount }) => {
    const { status, body } = await client({
      method: 'POST',
      path: '/internal/v1/return-labels',
      scope: 'return-labels:print',
      body: {
        return_id: returnId,
        reference: number,
        option_id: optionId,
        from,
        ...(to === undefined ? {} : { to }),
        item_count: itemCount,
      },
    });
    if (status === 404) return undefined;
    if (status !== 200) throw new Outage(`shipping answered ${status} about a return label`);
    const { pdf } = body as Answered<ShippingOperations['printReturnLabel']>;
    return Buffer.from(pdf, 'base64');
  },
});

/** For the customer, whatever the user service says. */
const UNUSABLE = {
  PAYMENT_METHOD_NOT_FOUND: 'You have no such payment method; choose another one.',
  PAYMENT_METHOD_EXPIRED: 'The card has expired; choose another one.',
  PAYMENT_METHOD_REFUSED:
    'The payment provider no longer accepts the card; choose another one, or add it again.',
} as const satisfies Record<UnusableMethod['code'], string>;

const REFUSAL = z.object({
  code: z.enum(['PAYMENT_METHOD_NOT_FOUND', 'PAYMENT_METHOD_EXPIRED', 'PAYMENT_METHOD_REFUSED']),
});

export const httpPaymentMethods = (client: ServiceClient): PaymentMethods => ({
  tokenOf: async (userId, paymentMethodId) => {
    const { status, body } = await client({
      method: 'POST',
      path: `/internal/v1/users/${userId}/payment-methods/${paymentMethodId}/token`,
      scope: 'payment-methods:use',
    });
    if (status === 200) return ok((body as Answered<UserOperations['usePaymentMethod']>).payment_token);
    const refused = REFUSAL.safeParse(body);
    if (!refused.success) throw new Outage(`user answered ${status} about a payment method`);
    const { code } = refused.data;
    const errors = [{ pointer: '/body/payment_method_id', message: 'cannot be used' }];
    return refuse(code, UNUSABLE[code], { errors });
  },
});
