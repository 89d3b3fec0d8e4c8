import { equals, type Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

/** A product as it is sold: what all its variants share, and the variants. */
export interface Product extends ProductText {
  readonly productId: string;
  /** Counts changes from 1; every change of the product is one. */
  readonly version: number;
  readonly variants: readonly Variant[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ProductText {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly subcategory: string;
  readonly tags: readonly string[];
  readonly brand: string;
  readonly specifications: Readonly<Record<string, string>>;
}

export interface Variant extends VariantDraft {
  readonly variantId: string;
}

/** What staff or an import say about a variant; its SKU is its identity. */
export interface VariantDraft {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: Money;
  readonly images: readonly string[];
  /** Units in stock when the variant appears; later stock is the inventory's business. */
  readonly initialStock: number;
}

export interface ProductDraft extends ProductText {
  readonly variants: readonly VariantDraft[];
}

export type InvalidProduct = Refusal<'INVALID_PRODUCT'>;

const repeated = (values: readonly string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);

/** Refuses drafts that no shopper could make sense of. */
const check = ({ variants }: ProductDraft): Result<undefined, InvalidProduct> => {
  const [first] = variants;
  if (!first) return refuse('INVALID_PRODUCT', 'A product needs a variant.');
  const sku = repeated(variants.map((variant) => variant.sku));
  if (sku !== undefined) return refuse('INVALID_PRODUCT', `Two variants have the SKU ${sku}.`);
  if (variants.some(({ price }) => price.minor <= 0))
    return refuse('INVALID_PRODUCT', 'A price must be above zero.');
  if (variants.some(({ price }) => price.currency !== first.price.currency))
    return refuse('INVALID_PRODUCT', 'All variants of a product must have the same currency.');
  return ok(undefined);
};

/** Makes a product. `newId` gives the variants their identity. */
export const createProduct = (
  draft: ProductDraft,
  productId: string,
  newId: () => string,
  now: Date,
): Result<Product, InvalidProduct> => {
  const checked = check(draft);
  if (!checked.ok) return checked;
  const variants = draft.variants.map((variant) => ({ ...variant, variantId: newId() }));
  return ok({ ...draft, productId, version: 1, variants, createdAt: now, updatedAt: now });
};

/** Replaces what is said about a product; variants keep their identity and initial stock by SKU. */
export const reviseProduct = (
  product: Product,
  draft: ProductDraft,
  newId: () => string,
  now: Date,
): Result<Product, InvalidProduct> => {
  const checked = check(draft);
  if (!checked.ok) return checked;
  const variants = draft.variants.map((variant): Variant => {
    const known = product.variants.find(({ sku }) => sku === variant.sku);
    return known
      ? { ...variant, variantId: known.variantId, initialStock: known.initialStock }
      : { ...variant, variantId: newId() };
  });
  return ok({ ...product, ...draft, variants, version: product.version + 1, updatedAt: now });
};

const sameText = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
const byKey = (map: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));

/** True when a revision would say nothing new. */
export const saysTheSame = (product: Product, draft: ProductDraft): boolean =>
  (['name', 'description', 'category', 'subcategory', 'brand'] as const).every(
    (key) => product[key] === draft[key],
  ) &&
  sameText(product.tags, draft.tags) &&
  sameText(byKey(product.specifications), byKey(draft.specifications)) &&
  product.variants.length === draft.variants.length &&
  draft.variants.every((variant) => {
    const known = product.variants.find(({ sku }) => sku === variant.sku);
    return (
      known !== undefined &&
      equals(known.price, variant.price) &&
      sameText(known.images, variant.images) &&
      sameText(byKey(known.attributes), byKey(variant.attributes))
    );
  });

/** As long as a line of an order may be, and a product's own name. */
const LONGEST_NAME = 300;

/** Product and what tells this variant from the others: "Aerion 14 (Silver, 512 GB)". Cut where it is too long to order. */
export const nameOfVariant = (product: ProductText, variant: VariantDraft): string => {
  const values = Object.values(variant.attributes);
  const name = values.length > 0 ? `${product.name} (${values.join(', ')})` : product.name;
  const letters = Array.from(name);
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
};
