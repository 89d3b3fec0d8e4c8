import { HIGHEST_PRICE } from '#kernel/currencies.ts';
import { equals, formatMoney, money, type Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

/** A product as it is sold: what all its variants share, and the variants. */
export interface Product extends ProductText {
  readonly productId: string;
  /** Counts changes from 1; every change of the product is one. */
  readonly version: number;
  readonly variants: readonly Variant[];
  /** Variants that it had before, the last one at the end; one that comes back is the same one. */
  readonly former: readonly FormerVariant[];
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

export type FormerVariant = Pick<Variant, 'variantId' | 'sku' | 'initialStock'>;

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

/** Currencies (ISO 4217) that the shop sells in. */
export type Market = ReadonlySet<string>;

const MOST_VARIANTS = 100;
const MOST_PAIRS = 50;
/** Twice what a product can have. One that is forgotten comes back under a new id, to the same stock. */
const MOST_FORMER = 200;

const repeated = (values: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  return values.find((value) => seen.size === seen.add(value).size);
};

const pairsIn = (map: Readonly<Record<string, string>>): number => Object.keys(map).length;

/** Refuses drafts that no shopper could make sense of, or order. */
const check = (
  { specifications, variants }: ProductDraft,
  market: Market,
): Result<undefined, InvalidProduct> => {
  const [first] = variants;
  if (!first) return refuse('INVALID_PRODUCT', 'A product needs a variant.');
  if (variants.length > MOST_VARIANTS)
    return refuse('INVALID_PRODUCT', `A product has at most ${MOST_VARIANTS} variants.`);
  if (
    [specifications, ...variants.map(({ attributes }) => attributes)].some((map) => pairsIn(map) > MOST_PAIRS)
  )
    return refuse(
      'INVALID_PRODUCT',
      `A product has at most ${MOST_PAIRS} specifications, and a variant at most ${MOST_PAIRS} attributes.`,
    );
  const sku = repeated(variants.map((variant) => variant.sku));
  if (sku !== undefined) return refuse('INVALID_PRODUCT', `Two variants have the SKU ${sku}.`);
  const { currency } = first.price;
  if (!market.has(currency))
    return refuse(
      'INVALID_PRODUCT',
      `Prices in ${currency} are not supported; use one of ${[...market].join(', ')}.`,
    );
  if (variants.some(({ price }) => price.currency !== currency))
    return refuse('INVALID_PRODUCT', 'All variants of a product must have the same currency.');
  if (variants.some(({ price }) => price.minor < 0))
    return refuse('INVALID_PRODUCT', 'A price cannot be negative.');
  if (variants.some(({ price }) => price.minor > HIGHEST_PRICE))
    return refuse(
      'INVALID_PRODUCT',
      `A price can be at most ${formatMoney(money(HIGHEST_PRICE, currency))}.`,
    );
  return ok(undefined);
};

/** Makes a product. `newId` gives the variants their identity. */
export const createProduct = (
  draft: ProductDraft,
  productId: string,
  newId: () => string,
  now: Date,
  market: Market,
): Result<Product, InvalidProduct> => {
  const checked = check(draft, market);
  if (!checked.ok) return checked;
  const variants = draft.variants.map((variant) => ({ ...variant, variantId: newId() }));
  return ok({ ...draft, productId, version: 1, variants, former: [], createdAt: now, updatedAt: now });
};

/** Replaces what is said about a product; variants keep their identity and initial stock by SKU, those that come back, too. */
export const reviseProduct = (
  product: Product,
  draft: ProductDraft,
  newId: () => string,
  now: Date,
  market: Market,
): Result<Product, InvalidProduct> => {
  const checked = check(draft, market);
  if (!checked.ok) return checked;
  const had = [...product.former, ...product.variants];
  const variants = draft.variants.map((variant): Variant => {
    const known = had.find(({ sku }) => sku === variant.sku);
    return known
      ? { ...variant, variantId: known.variantId, initialStock: known.initialStock }
      : { ...variant, variantId: newId() };
  });
  const has = new Set(variants.map(({ sku }) => sku));
  const former = had
    .filter(({ sku }) => !has.has(sku))
    .slice(-MOST_FORMER)
    .map(({ variantId, sku, initialStock }) => ({ variantId, sku, initialStock }));
  return ok({ ...product, ...draft, variants, former, version: product.version + 1, updatedAt: now });
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
