import type { CollectionDeclaration } from '#adapters/mongo/indexes.ts';
import type { Product, Variant } from '../../core/domain/product.ts';
import { summarize } from '../summary.ts';

export const PRODUCTS = 'products';

/** Names that people choose may hold `.` and `$`, so they are values here, never keys. */
type Pairs = readonly { readonly name: string; readonly value: string }[];

interface VariantBody extends Omit<Variant, 'attributes'> {
  readonly attributes: Pairs;
}

/** A product, and what lists filter and sort by beside it. */
export interface ProductBody extends Omit<Product, 'specifications' | 'variants' | 'former'> {
  /** Absent in products that were stored before it was kept. */
  readonly former?: Product['former'];
  readonly specifications: Pairs;
  readonly variants: readonly VariantBody[];
  readonly variantIds: readonly string[];
  readonly priceFrom: number;
}

const CREATED = { 'body.createdAt': 1, _id: 1 } as const;

/** Each order of a list is an index that ends in the id, so that a page begins where the one before ended. */
export const collections: readonly CollectionDeclaration[] = [
  {
    name: PRODUCTS,
    indexes: [
      { name: 'variants', key: { 'body.variantIds': 1 } },
      { name: 'newest', key: CREATED },
      { name: 'price', key: { 'body.priceFrom': 1, _id: 1 } },
      { name: 'name', key: { 'body.name': 1, _id: 1 } },
      { name: 'category', key: { 'body.category': 1, 'body.subcategory': 1, ...CREATED } },
      { name: 'brand', key: { 'body.brand': 1, ...CREATED } },
      { name: 'tags', key: { 'body.tags': 1, ...CREATED } },
    ],
  },
];

const toPairs = (record: Readonly<Record<string, string>>): Pairs =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

const fromPairs = (pairs: Pairs): Record<string, string> =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value]));

export const toBody = (product: Product): ProductBody => ({
  ...product,
  specifications: toPairs(product.specifications),
  variants: product.variants.map((variant) => ({ ...variant, attributes: toPairs(variant.attributes) })),
  variantIds: product.variants.map(({ variantId }) => variantId),
  priceFrom: summarize(product).priceFrom.minor,
});

export const fromBody = (body: ProductBody): Product => {
  const { variantIds: _, priceFrom: __, former = [], specifications, variants, ...rest } = body;
  return {
    ...rest,
    former,
    specifications: fromPairs(specifications),
    variants: variants.map((variant) => ({ ...variant, attributes: fromPairs(variant.attributes) })),
  };
};
