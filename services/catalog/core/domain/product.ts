import { HIGHEST_PRICE } from '#kernel/currencies.ts';
import { equals, formatMoney, money, parseMoney, toDecimal, type Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { PUBLISHED, publishingOf, type Lifecycle, type Publishing } from './lifecycle.ts';
import { picturesOf, type Picture, type PictureDraft } from './pictures.ts';
import { presentationOf, type Presentation, type PresentationDraft } from './presentation.ts';
import { listPrice, type ListPrice, type Priced } from './price.ts';
import type { PriceList } from './price-list.ts';

/** A product: the fields shared by its variants, and the variants. */
export interface Product extends ProductText, Lifecycle, Presentation {
  readonly productId: string;
  /** Counts changes from 1; every change of the product is one. */
  readonly version: number;
  readonly variants: readonly Variant[];
  /** Former variants, the latest last; a variant that returns keeps its ID. */
  readonly former: readonly FormerVariant[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ProductText extends Filed {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly brand: string;
  readonly specifications: Readonly<Record<string, string>>;
}

/** The category of a product, with copies of the names in its path. */
export interface Filed {
  /** The name of the root. */
  readonly category: string;
  /** The name of the second category in the path; empty if the product is in a root. */
  readonly subcategory: string;
  /** From the root to its own category. Of a draft only the last matters; if there is none, the names above find the category. */
  readonly categoryIds: readonly string[];
  /** The names of `categoryIds`. */
  readonly categoryPath: readonly string[];
}

/** Of a product that was stored before there were categories. */
export const UNFILED: Pick<Filed, 'categoryIds' | 'categoryPath'> = { categoryIds: [], categoryPath: [] };

export interface Variant extends Omit<VariantDraft, 'prices' | 'pictures'>, Priced {
  readonly variantId: string;
  /** The first one represents the variant. */
  readonly pictures: readonly Picture[];
}

export type FormerVariant = Pick<Variant, 'variantId' | 'sku' | 'initialStock'>;

/** A variant as entered by staff or an import; identified by its SKU. */
export interface VariantDraft {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: Money;
  /** By code of a price list, as decimals in its currency. Absent: as they are, none for a new variant. */
  readonly prices?: Readonly<Record<string, number>> | undefined;
  readonly pictures: readonly PictureDraft[];
  /** Initial stock; later stock belongs to the inventory. */
  readonly initialStock: number;
}

export interface ProductDraft extends ProductText, PresentationDraft {
  readonly variants: readonly VariantDraft[];
  /** If absent, a new product is published, and an existing one keeps its status and schedule. */
  readonly publishing?: Publishing;
}

export type InvalidProduct = Refusal<'INVALID_PRODUCT'>;

/** What the shop sells in. */
export interface Market {
  /** ISO 4217. */
  readonly currencies: ReadonlySet<string>;
  /** By code; at least those that a draft names. */
  readonly priceLists: ReadonlyMap<string, PriceList>;
}

const MOST_VARIANTS = 100;
const MOST_PAIRS = 50;
/** Twice the limit of a product. A forgotten variant returns under a new ID, with the same stock. */
const MOST_FORMER = 200;

const repeated = (values: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  return values.find((value) => seen.size === seen.add(value).size);
};

const pairsIn = (map: Readonly<Record<string, string>>): number => Object.keys(map).length;

/** Refuses drafts that are inconsistent or could not be ordered. */
const check = (
  { specifications, variants, publishing: { publishAt, unpublishAt } = PUBLISHED }: ProductDraft,
  currencies: ReadonlySet<string>,
): Result<undefined, InvalidProduct> => {
  if (publishAt && unpublishAt && unpublishAt <= publishAt)
    return refuse('INVALID_PRODUCT', 'A product cannot be unpublished before it is published.');
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
  if (!currencies.has(currency))
    return refuse(
      'INVALID_PRODUCT',
      `Prices in ${currency} are not supported; use one of ${[...currencies].join(', ')}.`,
    );
  if (variants.some(({ price }) => price.currency !== currency))
    return refuse('INVALID_PRODUCT', 'All variants of a product must have the same currency.');
  for (const { price } of variants) {
    const checked = checkAmount(price);
    if (!checked.ok) return checked;
  }
  return ok(undefined);
};

const checkAmount = ({ minor, currency }: Money): Result<undefined, InvalidProduct> => {
  if (minor < 0) return refuse('INVALID_PRODUCT', 'A price cannot be negative.');
  if (minor <= HIGHEST_PRICE) return ok(undefined);
  return refuse('INVALID_PRODUCT', `A price can be at most ${formatMoney(money(HIGHEST_PRICE, currency))}.`);
};

/** A variant's prices in lists: those of the draft, or else those that it had. */
const listPricesOf = (
  { sku, prices }: VariantDraft,
  known: readonly ListPrice[],
  { priceLists }: Market,
): Result<readonly ListPrice[], InvalidProduct> => {
  if (prices === undefined) return ok(known);
  const listed: ListPrice[] = [];
  for (const [code, decimal] of Object.entries(prices)) {
    const same = known.find((one) => one.code === code && toDecimal(one.price) === decimal);
    if (same) {
      listed.push(same);
      continue;
    }
    const list = priceLists.get(code);
    if (!list) return refuse('INVALID_PRODUCT', `${sku}: there is no price list ${code}.`);
    const price = parseMoney(decimal, list.currency);
    if (!price.ok) return refuse('INVALID_PRODUCT', `${sku}: ${price.error.detail}.`);
    const checked = checkAmount(price.value);
    if (!checked.ok) return checked;
    listed.push(listPrice(list, price.value));
  }
  return ok(listed);
};

/** Creates a product. `newId` returns the IDs of its variants. */
export const createProduct = (
  draft: ProductDraft,
  productId: string,
  newId: () => string,
  now: Date,
  market: Market,
): Result<Product, InvalidProduct> => {
  const variants = variantsOf(draft, [], newId, market);
  if (!variants.ok) return variants;
  const presentation = presentationOf(draft, productId);
  if (!presentation.ok) return presentation;
  const { publishing = PUBLISHED, seo: _, ...content } = draft;
  return ok({
    ...content,
    ...publishing,
    ...presentation.value,
    productId,
    version: 1,
    variants: variants.value,
    former: [],
    createdAt: now,
    updatedAt: now,
  });
};

/** The variants of a draft that can be sold; one that the product has or had keeps ID and initial stock by SKU. */
const variantsOf = (
  draft: ProductDraft,
  had: readonly (FormerVariant & Partial<Variant>)[],
  newId: () => string,
  market: Market,
): Result<Variant[], InvalidProduct> => {
  const checked = check(draft, market.currencies);
  if (!checked.ok) return checked;
  const variants: Variant[] = [];
  for (const variant of draft.variants) {
    const known = had.find(({ sku }) => sku === variant.sku);
    const listPrices = listPricesOf(variant, known?.listPrices ?? [], market);
    if (!listPrices.ok) return listPrices;
    const { prices: _, ...rest } = variant;
    variants.push({
      ...rest,
      pictures: picturesOf(variant.pictures, known?.pictures),
      listPrices: listPrices.value,
      variantId: known?.variantId ?? newId(),
      initialStock: known?.initialStock ?? variant.initialStock,
    });
  }
  return ok(variants);
};

/** Replaces the data of a product; variants, including former ones, keep ID and initial stock by SKU. */
export const reviseProduct = (
  product: Product,
  draft: ProductDraft,
  newId: () => string,
  now: Date,
  market: Market,
): Result<Product, InvalidProduct> => {
  const presentation = presentationOf(draft, product.productId, product);
  if (!presentation.ok) return presentation;
  const { publishing = publishingOf(product), seo: _, ...content } = draft;
  const { publishAt: __, unpublishAt: ___, seo: ____, ...kept } = product;
  const had = [...product.former, ...product.variants];
  const variants = variantsOf(draft, had, newId, market);
  if (!variants.ok) return variants;
  const has = new Set(variants.value.map(({ sku }) => sku));
  const former = had
    .filter(({ sku }) => !has.has(sku))
    .slice(-MOST_FORMER)
    .map(({ variantId, sku, initialStock }) => ({ variantId, sku, initialStock }));
  return ok({
    ...kept,
    ...content,
    ...publishing,
    ...presentation.value,
    variants: variants.value,
    former,
    version: product.version + 1,
    updatedAt: now,
  });
};

const sameText = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
const byKey = <T>(map: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));

/** A variant's prices in lists, as a draft names them. */
export const decimalsOf = ({ listPrices }: Pick<Variant, 'listPrices'>): Readonly<Record<string, number>> =>
  Object.fromEntries(listPrices.map(({ code, price }) => [code, toDecimal(price)]));

/** The codes of the price lists that have prices of the product. */
export const priceListsOf = ({ variants }: Product): readonly string[] => [
  ...new Set(variants.flatMap(({ listPrices }) => listPrices.map(({ code }) => code))),
];

/** Stores may change the order of properties. */
const samePictures = (a: readonly Picture[], b: readonly Picture[]): boolean =>
  a.length === b.length && a.every(({ url, alt }, at) => url === b[at]?.url && alt === b[at].alt);

/** True if a revision would change nothing. */
export const saysTheSame = (product: Product, draft: ProductDraft): boolean =>
  (['name', 'description', 'category', 'subcategory', 'brand'] as const).every(
    (key) => product[key] === draft[key],
  ) &&
  sameText(product.categoryIds, draft.categoryIds) &&
  sameText(product.tags, draft.tags) &&
  sameText(byKey(product.specifications), byKey(draft.specifications)) &&
  (!draft.seo || sameText(byKey({ ...product.seo }), byKey({ ...draft.seo }))) &&
  (!draft.related || sameText(product.related, draft.related)) &&
  (!draft.publishing || sameText(publishingOf(product), publishingOf(draft.publishing))) &&
  product.variants.length === draft.variants.length &&
  draft.variants.every((variant) => {
    const known = product.variants.find(({ sku }) => sku === variant.sku);
    return (
      known !== undefined &&
      equals(known.price, variant.price) &&
      (variant.prices === undefined || sameText(byKey(decimalsOf(known)), byKey(variant.prices))) &&
      samePictures(known.pictures, picturesOf(variant.pictures, known.pictures)) &&
      sameText(byKey(known.attributes), byKey(variant.attributes))
    );
  });

/** The limit of a product's name, and of a line of an order. */
const LONGEST_NAME = 300;

/** The product's name with the distinguishing attributes: "Aerion 14 (Silver, 512 GB)". Cut to the limit of an order line. */
export const nameOfVariant = (product: ProductText, variant: VariantDraft): string => {
  const values = Object.values(variant.attributes);
  const name = values.length > 0 ? `${product.name} (${values.join(', ')})` : product.name;
  const letters = Array.from(name);
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
};
