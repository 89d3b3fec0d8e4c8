import { parseMoney } from '#kernel/money.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { ProductDraft, ProductText, Variant, VariantDraft } from './product.ts';

/** What a file says about a product. What it does not say is left as it is. */
export interface ProductPatch extends Partial<ProductText> {
  readonly variants: readonly VariantPatch[];
}

/** What it says about a variant. Specifications and attributes are said one by one; an empty one is taken away. */
export interface VariantPatch extends Partial<Omit<VariantDraft, 'price'>> {
  readonly sku: string;
  /** As a decimal; of the currency that the variant has, or its product, unless another one is named. */
  readonly price?: number;
  readonly currency?: string;
}

type Pairs = Readonly<Record<string, string>>;

const pairs = (before: Pairs = {}, said: Pairs = {}): Pairs =>
  Object.fromEntries(Object.entries({ ...before, ...said }).filter(([, value]) => value !== ''));

const NEEDED = ['name', 'category', 'subcategory', 'brand'] as const;

/**
 * The draft that a patch makes of what there is; of nothing when `before` is undefined, or is to be replaced.
 * Refuses, with all reasons, what does not make a whole product.
 */
export const draftOf = (
  patch: ProductPatch,
  before?: ProductDraft,
): Result<ProductDraft, readonly string[]> => {
  const text = { ...before, ...patch };
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
    brand,
    tags: text.tags ?? [],
    specifications: pairs(before?.specifications, patch.specifications),
    variants: [...kept, ...variants.filter(({ sku }) => !known.has(sku))],
  });
};

const variantOf = (said: VariantPatch, before?: ProductDraft): Result<VariantDraft, string> => {
  const { sku } = said;
  const known = before?.variants.find((variant) => variant.sku === sku);
  const price = priceOf(said, known?.price ?? before?.variants[0]?.price, known);
  if (!price.ok) return price;
  return ok({
    sku,
    price: price.value,
    attributes: pairs(known?.attributes, said.attributes),
    images: said.images ?? known?.images ?? [],
    initialStock: said.initialStock ?? 0,
  });
};

const priceOf = (
  { sku, price, currency }: VariantPatch,
  usual: Variant['price'] | undefined,
  known: VariantDraft | undefined,
): Result<VariantDraft['price'], string> => {
  const named = currency ?? usual?.currency;
  if (price === undefined)
    return known && named === known.price.currency ? ok(known.price) : err(`${sku}: a price is missing.`);
  if (named === undefined) return err(`${sku}: a currency is missing.`);
  const parsed = parseMoney(price, named);
  return parsed.ok ? parsed : err(`${sku}: ${parsed.error.detail}.`);
};
