import { documentCollection } from '#adapters/mongo/aggregate-documents.ts';
import { chunkCollection } from '#adapters/mongo/chunks.ts';
import type { CollectionDeclaration } from '#adapters/mongo/indexes.ts';
import { dueAtOf } from '../../core/domain/due.ts';
import { currentStage, type Stage } from '../../core/domain/lifecycle.ts';
import { priceListsOf, UNFILED, type Product } from '../../core/domain/product.ts';
import type { Rating } from '../../core/domain/rating.ts';
import { fromStored, type StoredVariant } from '../../core/domain/product-document.ts';
import { termsOf } from '../../core/domain/terms.ts';
import { KINDS } from '../documents.ts';
import { priceFromOf } from '../summary.ts';

export const PRODUCTS = 'products';

/** Names chosen by people may contain `.` and `$`, so they are values, never keys. */
type Pairs = readonly { readonly name: string; readonly value: string }[];

interface VariantBody extends Omit<StoredVariant, 'attributes'> {
  readonly attributes: Pairs;
}

/** Absent in products stored before these fields existed. */
type Later = 'former' | 'status' | 'related' | keyof typeof UNFILED;

/** A product, with the values that lists filter and sort by. */
interface Content
  extends Omit<Product, 'specifications' | 'variants' | Later>, Partial<Pick<Product, Later>> {
  readonly specifications: Pairs;
  readonly variants: readonly VariantBody[];
  readonly priceFrom: number;
  /** Of `priceFrom`. Absent in products stored before this field existed. */
  readonly currency?: string;
}

/** The form of these documents; it changes when fields are added to them that reads rely on. */
export const FORM = 1;

/** Of any product, for reads that do not depend on its stage. */
interface Common {
  readonly version: number;
  readonly variantIds: readonly string[];
  /** The product's categories. Absent in products stored before this field existed. */
  readonly filedIn?: readonly string[];
  /** Codes of the price lists that have prices of it. */
  readonly pricedIn?: readonly string[];
  readonly dueAt?: Date;
  /** Absent if the product was never rated. */
  readonly rating?: Rating & { readonly version: number };
  /** Absent in products stored in an earlier form, as is `staff`. */
  readonly form?: number;
  readonly staff?: Listed;
}

/** What lists for staff filter and sort by. */
interface Listed extends Pick<
  Product,
  'name' | 'brand' | 'category' | 'subcategory' | 'tags' | 'createdAt' | 'updatedAt'
> {
  readonly stage: Stage;
  readonly terms: readonly string[];
  readonly priceFrom: number;
}

/** The content is where public lists look for it only while the product is visible. */
export type ProductBody = Common & (Content | { readonly hidden: Content });

const CREATED = { 'body.createdAt': 1, _id: 1 } as const;
const UPDATED = { 'body.staff.updatedAt': 1, _id: 1 } as const;

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
      { name: 'category_newest', key: { 'body.categoryIds': 1, ...CREATED } },
      { name: 'category_price', key: { 'body.categoryIds': 1, 'body.priceFrom': 1, _id: 1 } },
      { name: 'category_name', key: { 'body.categoryIds': 1, 'body.name': 1, _id: 1 } },
      { name: 'filed', key: { 'body.filedIn': 1, _id: 1 } },
      { name: 'priced', key: { 'body.pricedIn': 1, _id: 1 } },
      { name: 'brand', key: { 'body.brand': 1, ...CREATED } },
      { name: 'tags', key: { 'body.tags': 1, ...CREATED } },
      { name: 'staff_updated', key: UPDATED },
      { name: 'staff_newest', key: { 'body.staff.createdAt': 1, _id: 1 } },
      { name: 'staff_price', key: { 'body.staff.priceFrom': 1, _id: 1 } },
      { name: 'staff_name', key: { 'body.staff.name': 1, _id: 1 } },
      { name: 'staff_terms', key: { 'body.staff.terms': 1, ...UPDATED } },
      { name: 'staff_stage', key: { 'body.staff.stage': 1, ...UPDATED } },
      { name: 'due', key: { 'body.dueAt': 1, _id: 1 } },
    ],
  },
  ...KINDS.map(documentCollection),
  chunkCollection,
];

const toPairs = (record: Readonly<Record<string, string>>): Pairs =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

const fromPairs = (pairs: Pairs): Record<string, string> =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value]));

const toContent = (product: Product): Content => ({
  ...product,
  specifications: toPairs(product.specifications),
  variants: product.variants.map((variant) => ({ ...variant, attributes: toPairs(variant.attributes) })),
  priceFrom: priceFromOf(product).price.minor,
  currency: priceFromOf(product).price.currency,
});

const toListed = (product: Product): Listed => {
  const { name, brand, category, subcategory, tags, createdAt, updatedAt } = product;
  return {
    name,
    brand,
    category,
    subcategory,
    tags,
    createdAt,
    updatedAt,
    stage: currentStage(product),
    terms: termsOf(product),
    priceFrom: priceFromOf(product).price.minor,
  };
};

/** @param rating that the product has, and keeps */
export const toBody = (product: Product, rating?: ProductBody['rating']): ProductBody => {
  const dueAt = dueAtOf(product);
  const content = toContent(product);
  return {
    ...(currentStage(product) === 'published' ? content : { hidden: content }),
    version: product.version,
    variantIds: product.variants.map(({ variantId }) => variantId),
    filedIn: product.categoryIds,
    pricedIn: priceListsOf(product),
    ...(dueAt && { dueAt }),
    ...(rating && { rating }),
    form: FORM,
    staff: toListed(product),
  };
};

export const isHidden = (body: ProductBody): boolean => 'hidden' in body;

const contentOf = (body: ProductBody): Content => {
  if ('hidden' in body) return body.hidden;
  const {
    variantIds: _,
    filedIn: __,
    pricedIn: ___,
    dueAt: ____,
    rating: _____,
    form: ______,
    staff: _______,
    ...content
  } = body;
  return content;
};

export const skusOf = (body: ProductBody): readonly string[] =>
  contentOf(body).variants.map(({ sku }) => sku);

export const fromBody = (body: ProductBody): Product => {
  const { priceFrom: _, currency: __, specifications, variants, ...rest } = contentOf(body);
  return {
    former: [],
    status: 'published',
    related: [],
    ...UNFILED,
    ...rest,
    specifications: fromPairs(specifications),
    variants: variants.map((variant) =>
      fromStored({ ...variant, attributes: fromPairs(variant.attributes) }),
    ),
  };
};
