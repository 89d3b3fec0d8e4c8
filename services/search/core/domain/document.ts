import { nameKey, skuKey } from '../analysis/words.ts';
import { stemsOf, termsOf } from '../analysis/terms.ts';
import { attributeKey } from './filters.ts';
import type { Listing, Rating } from './listing.ts';

/** A change of an index: the document of a product, or that it has none. */
export interface IndexChange {
  readonly productId: string;
  readonly revision: number;
  readonly document?: Document | undefined;
}

/** A product as indexes store it: its texts are analysed here, so that all indexes find the same. */
export interface Document {
  /** Terms per field. */
  readonly terms: Readonly<Record<Field, readonly string[]>>;
  readonly nameKey: string;
  /** The kinds of thing it is: categories and tags, as keys. */
  readonly kinds: readonly string[];
  /** Keys of its SKUs. */
  readonly skus: readonly string[];
  /** Keys of the SKUs up to each hyphen. */
  readonly skuParts: readonly string[];
  readonly categoryIds: readonly string[];
  readonly category: string;
  /** Empty without one. */
  readonly subcategory: string;
  readonly brand: string;
  readonly tags: readonly string[];
  /** Average rating; 0 without reviews. */
  readonly rating: number;
  readonly sold: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Between 1 and 1.2; the text score is multiplied by it. */
  readonly boost: number;
  readonly variants: readonly DocumentVariant[];
}

export interface DocumentVariant {
  readonly price: number;
  readonly currency: string;
  readonly inStock: boolean;
  /** As `attributeKey`. */
  readonly attributes: readonly string[];
}

/** Fields by how much a match says; sales and ratings do not lift a product past the next field. */
export const FIELD_WEIGHTS = {
  name: 1,
  brand: 0.8,
  category: 0.8,
  attributes: 0.5,
  description: 0.25,
} as const;
export type Field = keyof typeof FIELD_WEIGHTS;
export const FIELDS: readonly Field[] = ['name', 'brand', 'category', 'attributes', 'description'];
/** A match in the description alone is weak. */
export const STRONG_FIELDS: readonly Field[] = FIELDS.filter((field) => field !== 'description');

/** Added to 1: together at most 0.2. */
const BOOSTS = { stock: 0.1, rating: 0.05, sales: 0.05 };
/** Units sold that earn the full boost. */
const BEST_SELLER = 1_000;
/** Reviews that earn the full boost. */
const WELL_KNOWN = 50;

/** Multiplies a score by how well a product sells itself: on sale at all, rated well by many, bought by many. */
const boostOf = (isInStock: boolean, sold: number, rating?: Rating): number =>
  1 +
  (isInStock ? BOOSTS.stock : 0) +
  BOOSTS.sales * saturating(sold, BEST_SELLER) +
  (rating ? BOOSTS.rating * (Math.max(0, rating.average - 3) / 2) * saturating(rating.count, WELL_KNOWN) : 0);

/** From 0 to 1, in steps of 1/8: a single sale rarely moves a product in a list that is being read. */
const saturating = (units: number, enough: number): number =>
  Math.round(8 * Math.min(1, Math.log1p(units) / Math.log1p(enough))) / 8;

/** The document of a listing; without a product the change removes it. */
export const toIndexChange = (listing: Listing): IndexChange => {
  const { productId, revision, product, available, rating, sold } = listing;
  if (!product) return { productId, revision };
  const { name, description, category, subcategory, tags, brand, specifications, variants } = product;
  const { categoryIds = [], categoryPath = [category, subcategory] } = product;
  const kinds = [...categoryPath, ...tags].filter((kind) => kind !== '');
  const skus = variants.map(({ sku }) => sku);
  const attributes = variants.flatMap((variant) => Object.values(variant.attributes));
  const document: Document = {
    terms: {
      name: termsOf(name),
      brand: termsOf(brand),
      category: termsOf(...kinds),
      attributes: termsOf(
        ...new Set([...attributes, ...Object.entries(specifications).flat(), ...skus.map(spaced)]),
      ),
      description: termsOf(description),
    },
    nameKey: nameKey(name),
    kinds: [...new Set(kinds.map(kindKey))],
    skus: [...new Set(skus.map(skuKey))],
    skuParts: [...new Set(skus.flatMap(partsOfSku))],
    categoryIds,
    category,
    subcategory,
    brand,
    tags: [...new Set(tags)],
    rating: rating?.average ?? 0,
    sold,
    createdAt: Date.parse(product.createdAt),
    boost: boostOf(
      skus.some((sku) => available.has(sku)),
      sold,
      rating,
    ),
    variants: variants.map((variant) => ({
      price: variant.price,
      currency: variant.currency,
      inStock: available.has(variant.sku),
      attributes: Object.entries(variant.attributes).map(([key, value]) => attributeKey(key, value)),
    })),
  };
  return { productId, revision, document };
};

/** The words of a kind of thing: `Laptops` and `laptop` have the same key. */
export const kindKey = (name: string): string => stemsOf(name).join(' ');

/** A SKU without hyphens: its words are terms, but not all of them joined, which no other product has. */
const spaced = (sku: string): string => sku.replaceAll('-', ' ');

const partsOfSku = (sku: string): string[] => {
  const parts = sku.split('-').map(skuKey);
  return parts.map((_, index) => parts.slice(0, index + 1).join(''));
};
