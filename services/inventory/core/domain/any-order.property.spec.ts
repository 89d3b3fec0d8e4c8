import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RUNS } from '#test/kit/runs.ts';
import { aLabel } from '../../test/inventory.mother.ts';
import { followProduct, type ProductNews } from './assortment.ts';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import type { Label } from './label.ts';
import type { Reservation } from './reservation.ts';
import type { Shelf, Variant } from './stock.ts';

const PRODUCTS = ['p-1', 'p-2', 'p-3'];
const SKUS = ['SKU-A', 'SKU-B', 'SKU-C', 'SKU-D'];

/** A change by staff: a product gets these SKUs with these initial stocks; an empty list deletes it. */
const edit = fc.record({
  productId: fc.constantFrom(...PRODUCTS),
  skus: fc.uniqueArray(fc.constantFrom(...SKUS), { maxLength: 3 }),
  initialStock: fc.integer({ min: 0, max: 30 }),
  /** A SKU that comes back may have its old variant id, or a new one. */
  keepsIds: fc.boolean(),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** The events of a catalog in which a SKU belongs to one product at a time, in the order of publication. */
const newsOf = (edits: readonly Edit[]): ProductNews[] => {
  const products = new Map<string, ProductNews>();
  const ids = new Map<string, string>();
  return edits.map(({ productId, skus, initialStock, keepsIds }, turn) => {
    const isFree = (sku: string): boolean =>
      [...products.values()].every(
        (one) => one.productId === productId || one.variants.every((v) => v.sku !== sku),
      );
    const before = products.get(productId);
    const variants = skus.filter(isFree).map((sku) => {
      const known = before?.variants.find((variant) => variant.sku === sku);
      const kept = keepsIds ? ids.get(`${productId} ${sku}`) : undefined;
      const variantId = known?.variantId ?? kept ?? `${productId} ${sku} ${turn}`;
      ids.set(`${productId} ${sku}`, variantId);
      return { ...aLabel({ variantId, sku, name: `${productId} ${turn}` }), initialStock };
    });
    const news = { productId, version: (before?.version ?? 0) + 1, variants };
    products.set(productId, news);
    return news;
  });
};

interface World {
  readonly shelves: Map<string, Shelf>;
  readonly variants: Map<string, Variant>;
  readonly labels: Map<string, Label>;
  readonly reservations: Map<string, readonly Reservation[]>;
  readonly versions: Map<string, number>;
}

const hear = (world: World, news: ProductNews): void => {
  const isNewest = news.version > (world.versions.get(news.productId) ?? 0);
  const { added, variants, labels } = followProduct(news, world, isNewest, 5);
  for (const shelf of added) world.shelves.set(shelf.sku, shelf);
  for (const variant of variants) world.variants.set(variant.variantId, variant);
  for (const label of labels) world.labels.set(label.variantId, label);
  if (isNewest) world.versions.set(news.productId, news.version);
};

const obey = (world: World, command: Command): void => {
  const change = decide(command, world);
  for (const item of change.stock) world.shelves.set(item.sku, item);
  for (const one of change.reservations) {
    const others = (world.reservations.get(one.orderId) ?? []).filter(
      ({ attempt }) => attempt !== one.attempt,
    );
    world.reservations.set(one.orderId, [...others, one]);
  }
};

/** The order in which events arrive (some twice), and how many units are sold and dispatched after each. */
const hearing = (count: number) =>
  fc.record({
    order: fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
    again: fc.array(fc.nat({ max: Math.max(0, count - 1) }), { maxLength: 4 }),
    sales: fc.array(
      fc.record({
        units: fc.integer({ min: 1, max: 5 }),
        then: fc.constantFrom('cancel', 'dispatch', 'wait'),
      }),
      { maxLength: count },
    ),
  });

const history = fc
  .array(edit, { minLength: 1, maxLength: 12 })
  .chain((edits) => fc.tuple(fc.constant(newsOf(edits)), hearing(edits.length)));

const play = ([news, { order, again, sales }]: typeof history extends fc.Arbitrary<infer T> ? T : never) => {
  const world: World = {
    shelves: new Map(),
    variants: new Map(),
    labels: new Map(),
    reservations: new Map(),
    versions: new Map(),
  };
  const firstStock = new Map<string, number>();
  for (const [turn, index] of [...order, ...again].entries()) {
    const one = news[index];
    if (!one) continue;
    for (const { sku, initialStock } of one.variants)
      if (!firstStock.has(sku)) firstStock.set(sku, initialStock);
    hear(world, one);
    const sale = sales[turn];
    const variants = [...world.variants.values()];
    const wanted = variants[turn % Math.max(1, variants.length)];
    if (!sale || !wanted) continue;
    const { variantId, productId } = wanted;
    const orderId = `order ${turn}`;
    obey(world, {
      type: 'reserve',
      orderId,
      attempt: 1,
      lines: [{ productId, variantId, quantity: sale.units }],
    });
    if (sale.then === 'cancel') obey(world, { type: 'cancel', orderId });
    if (sale.then === 'dispatch') obey(world, { type: 'dispatch', orderId, attempt: 1 });
  }
  return { ...world, firstStock };
};

const unitsOf = ({ reservations, variants }: World, status: Reservation['status'], sku: string): number =>
  [...reservations.values()]
    .flat()
    .filter((reservation) => reservation.status === status)
    .flatMap(({ lines }) => lines)
    .filter(({ variantId }) => variants.get(variantId)?.sku === sku)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('product events, in whatever order they arrive', () => {
  it('lead to the assortment of the catalog', () => {
    fc.assert(
      fc.property(history, (whole) => {
        const [news] = whole;
        const last = new Map(news.map((one) => [one.productId, one]));
        const listed = [...last.values()].flatMap(({ variants }) =>
          variants.map(({ variantId }) => variantId),
        );
        const sold = [...play(whole).variants.values()].filter(({ withdrawn }) => !withdrawn);
        expect(sold.map(({ variantId }) => variantId).sort()).toEqual(listed.sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('lead to the names of the catalog', () => {
    fc.assert(
      fc.property(history, (whole) => {
        const [news] = whole;
        const { labels, variants } = play(whole);
        const last = new Map(news.map((one) => [one.productId, one]));
        for (const { variantId, name } of [...last.values()].flatMap((product) => product.variants))
          expect(labels.get(variantId)?.name).toBe(name);
        expect([...labels.keys()].sort()).toEqual([...variants.keys()].sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('create one shelf per SKU, which starts once and loses only dispatched units', () => {
    fc.assert(
      fc.property(history, (whole) => {
        const end = play(whole);
        expect([...end.shelves.keys()].sort()).toEqual([...end.firstStock.keys()].sort());
        for (const { sku, stock, reserved } of end.shelves.values()) {
          expect(stock).toBe((end.firstStock.get(sku) ?? 0) - unitsOf(end, 'committed', sku));
          expect(reserved).toBe(unitsOf(end, 'reserved', sku));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
