import { fakeReturns } from './fake-returns.ts';
import { ok } from '#kernel/result.ts';
import type { Shop, ShopFor, Visit } from '../core/ports/shop.ts';
import { fakeAccount } from './fake-account.ts';
import { fakeCarts, refusedAddress } from './fake-carts.ts';
import { fakeOpinions } from './fake-opinions.ts';
import {
  ASH,
  collection,
  documents,
  found,
  LAMP,
  lamps,
  listed,
  OAK,
  order,
  ORDER,
  product,
  progress,
  refusal,
  type Note,
} from './sample.ts';

export * from './sample.ts';
export { OWN_REVIEW } from './fake-opinions.ts';

const say =
  <T>(value: T) =>
  (): Promise<T> =>
    Promise.resolve(value);

/**
 * A shop with one lamp, whose customer is Sam; `changes` replace what it does. Notes the visits and commands. Carts, addresses and the
 * account are as they were left; orders are always the same one. It fulfils the contract of the port.
 */
export const fakeShop = (changes: Partial<Shop> = {}) => {
  const visits: Visit[] = [];
  const commands: unknown[][] = [];
  const note: Note =
    (name, act) =>
    (...parameters) => {
      commands.push([name, ...parameters]);
      return Promise.resolve(act(...parameters));
    };
  const account = fakeAccount(note);
  const opinions = fakeOpinions(note);
  const carts = fakeCarts(note);
  const shopFor: ShopFor = (visit) => {
    visits.push(visit);
    return {
      categories: say([lamps]),
      category: (slug) =>
        Promise.resolve(slug === 'lamps' ? { ...lamps, description: '', above: [] } : undefined),
      collections: say([collection]),
      collection: (slug) => Promise.resolve(slug === collection.slug ? collection : undefined),
      productsIn: (slug) =>
        Promise.resolve(slug === collection.slug ? { items: [listed], next: undefined } : undefined),
      search: note('search', ({ query }) =>
        listed.name.toLowerCase().includes(query.toLowerCase()) ? found : { ...found, items: [], total: 0 },
      ),
      product: (id) => Promise.resolve(id === LAMP ? product : undefined),
      related: say([]),
      similar: say([]),
      stock: say(new Map([[OAK, 3], [ASH, 0]])), // prettier-ignore
      reviews: say({ average: 0, count: 0, histogram: [0, 0, 0, 0, 0], items: [] }),
      products: say({ items: [listed], next: undefined }),
      ...carts(visit),
      order: (id) => Promise.resolve(id === ORDER ? order : undefined),
      documents: (id) => Promise.resolve(id === ORDER ? documents : []),
      invoice: (id) => Promise.resolve(id === ORDER ? Buffer.from('%PDF-') : undefined),
      creditNote: (id, number) =>
        Promise.resolve(
          documents.some((one) => id === ORDER && one.number === number) ? Buffer.from('%PDF-') : undefined,
        ),
      changeOrderAddress: note('changeOrderAddress', (id, _version, next) =>
        id === ORDER ? (refusedAddress(next) ?? ok({ ...order, address: next })) : refusal('ORDER_NOT_FOUND'),
      ),
      track: note('track', (reference) => (reference === order.number ? progress : undefined)),
      cancelOrder: note('cancelOrder', () => ok(order)),
      orders: say({ items: [order], next: undefined }),
      ...account,
      ...opinions,
      ...fakeReturns(note),
      ...changes,
    };
  };
  return { shopFor, visits, commands };
};
