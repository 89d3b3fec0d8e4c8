import { documentCollection } from '#adapters/mongo/aggregate-documents.ts';
import type { CollectionDeclaration } from '#adapters/mongo/indexes.ts';
import type { Product, Variant } from '../../core/domain/product.ts';
import { KINDS } from '../documents.ts';
import { priceFromOf } from '../summary.ts';

export const PRODUCTS = 'products';

/** Names chosen by people may contain `.` and `$`, so they are values, never keys. */
type Pairs = readonly { readonly name: string; readonly value: string }[];

interface VariantBody extends Omit<Variant, 'attributes' | 'listPrices'> {
  /** Absent in products stored before this field existed. */
  readonly listPrices?: Variant['listPrices'];
  readonly attributes: Pairs;
}

/** A product, with the values that lists filter and sort by. */
export interface ProductBody extends Omit<Product, 'specifications' | 'variants' | 'former'> {
  /** Absent in products stored before this field existed. */
  readonly former?: Product['former'];
  readonly specifications: Pairs;
  readonly variants: readonly VariantBody[];
  readonly variantIds: readonly string[];
  readonly priceFrom: number;
}

const CREATED = { 'body.createdAt': 1, _id: 1 } as const;

/** Each sort order is an index that ends with the ID, so that a page begins where the previous one ended. */
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
  ...KINDS.map(documentCollection),
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
  priceFrom: priceFromOf(product).price.minor,
});

export const fromBody = (body: ProductBody): Product => {
  const { variantIds: _, priceFrom: __, former = [], specifications, variants, ...rest } = body;
  return {
    ...rest,
    former,
    specifications: fromPairs(specifications),
    variants: variants.map((variant) => ({
      listPrices: [],
      ...variant,
      attributes: fromPairs(variant.attributes),
    })),
  };
};
