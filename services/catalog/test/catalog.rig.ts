import type { Role } from '#adapters/auth/principal.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import type { Answered, SendOptions } from '#test/kit/http.ts';
import { storesWith, type AnyStoreName } from '#test/kit/toolbox.ts';
import { catalog } from '../main/module.ts';

/** Neither a product nor a variant has this id. */
export const NOBODY = '0190a000-0000-7000-8000-000000000001';

/** What staff say about a product. */
export const kettle = (changes: object = {}) => ({
  name: 'Kettle',
  description: 'It boils.',
  category: 'Kitchen',
  subcategory: 'Kettles',
  tags: ['hot'],
  brand: 'Maker',
  specifications: { weight: '1 kg' },
  variants: [
    {
      sku: 'KET-RED',
      attributes: { colour: 'Red' },
      price: 19.99,
      currency: 'EUR',
      images: ['/red.svg'],
      initial_stock: 5,
    },
    { sku: 'KET-BLUE', attributes: { colour: 'Blue' }, price: 24, currency: 'EUR' },
  ],
  ...changes,
});

export const idOf = ({ body }: Answered): string => String(body.product_id);

/** In memory, or with SHOP_TEST=engines on MongoDB. */
const [STORE] = storesWith('mongo');

/** A catalog service of its own for each test of a file, and what its tests ask of it. */
export const catalogForEachTest = (store: AnyStoreName | undefined = STORE) => {
  const service = serviceForEachTest(catalog, { store });
  const as = (...roles: readonly Role[]): Promise<string> => service.toolbox.tokenOf('u-1', ...roles);
  const manager = (): Promise<string> => as('catalog_manager');
  return {
    service,
    as,
    manager,
    create: async (changes: object = {}, headers: Record<string, string> = {}): Promise<Answered> =>
      service.send('POST', '/api/v1/products', { token: await manager(), body: kettle(changes), headers }),
    change: async (id: string, changes: object, ifMatch?: string): Promise<Answered> =>
      service.send('PUT', `/api/v1/products/${id}`, {
        token: await manager(),
        body: kettle(changes),
        ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
      }),
    /** The methods that change a product, by its path after its ID. */
    act: async (
      method: 'POST' | 'DELETE',
      id: string,
      path = '',
      { ifMatch, ...options }: SendOptions & { readonly ifMatch?: string } = {},
    ): Promise<Answered> =>
      service.send(method, `/api/v1/products/${id}${path}`, {
        token: await manager(),
        ...options,
        headers: { ...options.headers, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      }),
    /** What the host does at intervals. */
    sweep: async (): Promise<void> => {
      const { sweeps = [] } = await catalog.compose(service.toolbox);
      for (const one of sweeps) await one.sweep(service.toolbox.clock.now());
    },
    announced: async (): Promise<readonly string[]> =>
      (await service.toolbox.announced()).map((event) => `${event.event_type} ${event.aggregate_version}`),
  };
};
