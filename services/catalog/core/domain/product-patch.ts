import { parseMoney } from '#kernel/money.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import { PUBLISHED, type Publishing } from './lifecycle.ts';
import { picturesAt, type PictureDraft } from './pictures.ts';
import type { Seo } from './presentation.ts';
import type { StockChange } from './stock-adjustment.ts';
import {
  decimalsOf,
  UNFILED,
  type Filed,
  type Product,
  type ProductDraft,
  type ProductText,
  type Variant,
  type VariantDraft,
} from './product.ts';

/** A product in an import file. Omitted fields stay as they are. */
export interface ProductPatch extends Partial<Omit<ProductText, 'categoryIds' | 'categoryPath'>> {
  /** Names the category before its names do; they count if there is no such category. */
  readonly categoryId?: string;
  readonly publishing?: PublishingPatch;
  /** Merged by key; an empty value removes the key. */
  readonly seo?: Seo;
  readonly related?: readonly string[];
  readonly variants: readonly VariantPatch[];
}

/** `null` removes a time. */
export interface PublishingPatch {
  readonly status?: Publishing['status'];
  readonly publishAt?: Date | null;
  readonly unpublishAt?: Date | null;
}

/** A variant in an import file. Specifications and attributes are merged by key; an empty value removes the key. */
export interface VariantPatch extends Partial<Omit<VariantDraft, 'price' | 'prices' | 'pictures'>> {
  readonly sku: string;
  /** URLs. */
  readonly images?: readonly string[];
  /** By the places of the pictures; one without a text here has none. If absent, pictures keep their texts. */
  readonly imageTexts?: readonly string[];
  /** A decimal, by default in the currency of the variant or its product. */
  readonly price?: number;
  readonly currency?: string;
  /** By code of a price list, as decimals in its currency; null removes the variant's price from the list. */
  readonly prices?: Readonly<Record<string, number | null>>;
  /** Of a known SKU; not part of the product. */
  readonly stockChange?: StockChange;
}

type Pairs = Readonly<Record<string, string>>;

/** A value that is empty already stays so. */
const pairs = (before: Pairs = {}, said: Pairs = {}): Pairs =>
  Object.fromEntries(
    Object.entries({ ...before, ...said }).filter(([name, value]) => value !== '' || before[name] === ''),
  );

const publishingWith = (
  before: Publishing,
  { status, publishAt, unpublishAt }: PublishingPatch,
): Publishing => {
  const from = publishAt === undefined ? before.publishAt : publishAt;
  const until = unpublishAt === undefined ? before.unpublishAt : unpublishAt;
  return {
    status: status ?? before.status,
    ...(from && { publishAt: from }),
    ...(until && { unpublishAt: until }),
  };
};

const NEEDED = ['name', 'category', 'subcategory', 'brand'] as const;

type Before = Pick<Product, keyof ProductText | 'variants' | 'seo'> & Partial<Publishing>;

/**
 * Applies a patch to a draft; `before` is undefined for a new or replaced product.
 * Refuses an incomplete product, with all reasons.
 */
export const draftOf = (patch: ProductPatch, before?: Before): Result<ProductDraft, readonly string[]> => {
  const text = { ...before, ...patch, ...placeOf(patch, before) };
  const { name, category, subcategory, brand } = text;
  const said = patch.variants.map((one) => variantOf(one, before));
  const errors = said.flatMap((one) => (one.ok ? [] : [one.error]));
  if (name === undefined || category === undefined || subcategory === undefined || brand === undefined) {
    const missing = NEEDED.filter((key) => text[key] === undefined).join(', ');
    return err([`A new or replaced product needs: ${missing}.`, ...errors]);
  }
  if (errors.length > 0) return err(errors);
  const variants = said.flatMap((one) => (one.ok ? [one.value] : []));
  const isSaid = new Map(variants.map((variant) => [variant.sku, variant]));
  const kept = (before?.variants ?? []).map((variant) => isSaid.get(variant.sku) ?? variant);
  const known = new Set(kept.map(({ sku }) => sku));
  return ok({
    name,
    description: text.description ?? '',
    category,
    subcategory,
    categoryIds: text.categoryIds,
    categoryPath: text.categoryPath,
    brand,
    tags: text.tags ?? [],
    specifications: pairs(before?.specifications, patch.specifications),
    variants: [...kept, ...variants.filter(({ sku }) => !known.has(sku))],
    ...(patch.seo && { seo: pairs({ ...before?.seo }, { ...patch.seo }) }),
    ...(patch.related && { related: patch.related }),
    ...(patch.publishing && {
      publishing: publishingWith({ ...PUBLISHED, ...before }, patch.publishing),
    }),
  });
};

/** Where a patch files a product: by ID, else by names, else where it is. */
const placeOf = (
  { category, subcategory, categoryId }: ProductPatch,
  before?: Before,
): Partial<Filed> & Pick<Filed, 'categoryIds' | 'categoryPath'> => {
  const names = {
    ...(category !== undefined && { category }),
    ...(subcategory !== undefined && { subcategory }),
  };
  if (categoryId !== undefined)
    return { category: '', subcategory: '', ...names, categoryIds: [categoryId], categoryPath: [] };
  const { categoryIds, categoryPath } = (Object.keys(names).length === 0 ? before : undefined) ?? UNFILED;
  return { ...names, categoryIds, categoryPath };
};

const variantOf = (said: VariantPatch, before?: Before): Result<VariantDraft, string> => {
  const { sku } = said;
  const known = before?.variants.find((variant) => variant.sku === sku);
  const price = priceOf(said, known?.price ?? before?.variants[0]?.price, known);
  if (!price.ok) return price;
  const pictures = picturesIn(said, known);
  if (!pictures.ok) return pictures;
  return ok({
    sku,
    price: price.value,
    ...(said.prices && { prices: pricesOf(said.prices, known) }),
    attributes: pairs(known?.attributes, said.attributes),
    pictures: pictures.value,
    initialStock: said.initialStock ?? 0,
  });
};

const picturesIn = (
  { sku, images, imageTexts: texts }: VariantPatch,
  known: Variant | undefined,
): Result<readonly PictureDraft[], string> => {
  const pictures = images ? picturesAt(images) : (known?.pictures ?? []);
  if (texts === undefined) return ok(pictures);
  if (texts.slice(pictures.length).some((text) => text !== ''))
    return err(`${sku}: there are more texts than images.`);
  return ok(pictures.map(({ url }, at) => ({ url, alt: texts[at] ?? '' })));
};

const pricesOf = (
  said: Readonly<Record<string, number | null>>,
  known: Variant | undefined,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ ...(known && decimalsOf(known)), ...said }).filter(
      (pair): pair is [string, number] => pair[1] !== null,
    ),
  );

const priceOf = (
  { sku, price, currency }: VariantPatch,
  usual: Variant['price'] | undefined,
  known: Variant | undefined,
): Result<VariantDraft['price'], string> => {
  const named = currency ?? usual?.currency;
  if (price === undefined)
    return known && named === known.price.currency ? ok(known.price) : err(`${sku}: a price is missing.`);
  if (named === undefined) return err(`${sku}: a currency is missing.`);
  const parsed = parseMoney(price, named);
  return parsed.ok ? parsed : err(`${sku}: ${parsed.error.detail}.`);
};
