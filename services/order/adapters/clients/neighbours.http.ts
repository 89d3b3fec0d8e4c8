import type { ServiceClient } from '#adapters/http/client.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import { moneyOf } from '#kernel/money.ts';
import type { operations as CartOperations } from '#openapi/generated/cart.ts';
import type { operations as CatalogOperations } from '#openapi/generated/catalog.ts';
import type { operations as ShippingOperations } from '#openapi/generated/shipping.ts';
import type { Carts, Offers, ShippingQuotes } from '../../core/ports/neighbours.ts';

/** The body of an operation's 200, as its service's OpenAPI file promises it; the contract tests hold it to that. */
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
    return {
      cartId: cart.cart_id,
      version: cart.version,
      currency: cart.currency ?? 'EUR', // only an empty cart has none
      items: cart.items.map((item) => ({
        productId: item.product_id,
        variantId: item.variant_id,
        quantity: item.quantity,
      })),
    };
  },
});

export const httpOffers = (client: ServiceClient): Offers => ({
  of: async (variantIds) => {
    const { items } = await call<Answered<CatalogOperations['getOffers']>>(client, {
      method: 'POST',
      path: '/internal/v1/offers',
      scope: 'offers:read',
      body: { variant_ids: variantIds },
    });
    return new Map(
      items.map(({ variant_id, sku, name, price, currency }) => [
        variant_id,
        { variantId: variant_id, sku, name, price: moneyOf(price, currency) },
      ]),
    );
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
          postal_code: address.postal_code,
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
