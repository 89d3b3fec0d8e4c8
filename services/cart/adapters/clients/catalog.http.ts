import type { ServiceClient } from '#adapters/http/client.ts';
import { moneyOf } from '#kernel/money.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { Offer } from '../../core/domain/change.ts';
import type { Catalog } from '../../core/ports/neighbours.ts';
import { makeAsk } from './ask.ts';
import { gather } from './gather.ts';

type WireOffer = components['schemas']['Offer'];

const toOffer = (offer: WireOffer): Offer => ({
  productId: offer.product_id,
  variantId: offer.variant_id,
  sku: offer.sku,
  name: offer.name,
  image: offer.image,
  price: moneyOf(offer.price, offer.currency),
  ...(offer.other_prices && {
    otherPrices: offer.other_prices.map(({ price, currency }) => moneyOf(price, currency)),
  }),
});

/** The catalog's limit per request. */
const MOST = 200;

export const httpCatalog = (client: ServiceClient): Catalog => {
  const ask = makeAsk<WireOffer>(client, 'catalog.yaml', 'Offer');
  const offersOf = gather(
    (ids) =>
      ask({
        method: 'POST',
        path: '/internal/v1/offers',
        scope: 'offers:read',
        body: { variant_ids: ids },
      }),
    MOST,
  );
  return {
    offer: async (variantId) => {
      const offers = await offersOf(variantId);
      if (!offers) return refuse('UNAVAILABLE', 'The catalog is not responding; try again shortly.');
      const offer = offers.find(({ variant_id }) => variant_id === variantId);
      return ok(offer && toOffer(offer));
    },
  };
};
