import { describe } from 'vitest';
import { eventAbout } from '#test/kit/events.ts';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { catalogForEachTest, idOf } from '../catalog.rig.ts';

describe('the catalog', () => {
  const { service, create, change, manager } = catalogForEachTest();
  let count = 0;
  /** SKUs are taken once. */
  const createOne = async (prices?: object) => {
    count += 1;
    const sku = `KET-${count}00`;
    const variants = [{ sku, price: 19.99, currency: 'EUR', prices, images: ['/red.svg'], initial_stock: 5 }];
    const { body } = await create({ variants });
    return { product_id: String(body.product_id), variant_id: String(body.variants[0].variant_id) };
  };
  keepsItsContracts('catalog', () => ({
    service,
    states: {
      'a product is on sale': () => createOne(),
      'a product is called Kettle': () => createOne(),
      'a variant is on sale': () => createOne(),
      'a variant is on sale in two currencies': async () => {
        const list = { code: 'US', name: 'USA', currency: 'USD' };
        await service.send('POST', '/api/v1/price-lists', { token: await manager(), body: list });
        return createOne({ US: 21.5 });
      },
      'nothing is on sale': async () => undefined,
    },
    events: {
      ...announcing(service.toolbox.announced, {
        'product.created': () => createOne(),
        'product.updated': async () => {
          const created = await create();
          const variants = [{ sku: 'KET-RED', price: 19.99, currency: 'EUR', images: ['/red.svg'] }];
          const etag = created.headers.get('etag') ?? undefined;
          await change(idOf(created), { name: 'Better kettle', variants }, etag);
        },
        'page.picture_changed': async () => {
          count += 1;
          const body = { name: `Lamps ${count}`, picture: { url: '/lamps.svg', alt: '' } };
          await service.send('POST', '/api/v1/categories', { token: await manager(), body });
        },
        'product.rated': async () => {
          const { product_id } = await createOne();
          const rating = { product_id, version: 1, average: 4.25, count: 8 };
          const event = eventAbout(product_id, 'review.rating_changed', rating);
          for (const consumer of service.consumers) await consumer.handle([event]);
        },
        'product.deleted': async () => {
          const { product_id } = await createOne();
          const path = `/api/v1/products/${product_id}`;
          await service.send('DELETE', path, { token: await manager() });
          await service.send('DELETE', `${path}?permanently=true`, { token: await manager() });
        },
      }),
      ...announcing(service.toolbox.audited, { 'staff.acted': () => createOne() }),
    },
  }));
});
