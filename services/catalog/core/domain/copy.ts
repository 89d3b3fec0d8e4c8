import { ok, refuse, type Result } from '#kernel/result.ts';
import type { InvalidProduct, Product } from './product.ts';

/** Characters, as the API limits them. */
const LONGEST_SKU = 40;
const LONGEST_NAME = 300;

/** By SKU of the original, the SKU of the copy. */
export type Skus = ReadonlyMap<string, string>;

/**
 * The SKUs of a copy: those that are given, and for the others the original's with a suffix: `-COPY`, or `-COPY-2` at the second
 * attempt.
 */
export const skusOfCopy = (
  { variants }: Product,
  given: Skus,
  attempt: number,
): Result<Skus, InvalidProduct> => {
  const own = variants.map(({ sku }) => sku);
  const unknown = [...given.keys()].find((sku) => !own.includes(sku));
  if (unknown !== undefined) return refuse('INVALID_PRODUCT', `The product has no SKU ${unknown}.`);
  const suffix = attempt === 1 ? '-COPY' : `-COPY-${attempt}`;
  const skus = new Map(own.map((sku) => [sku, given.get(sku) ?? sku + suffix]));
  if (new Set(skus.values()).size < skus.size)
    return refuse('INVALID_PRODUCT', 'Two variants of the copy have the same SKU.');
  const long = [...skus.values()].find((sku) => sku.length > LONGEST_SKU);
  return long === undefined
    ? ok(skus)
    : refuse('INVALID_PRODUCT', `${long} has more than ${LONGEST_SKU} characters; name the SKU of the copy.`);
};

/** A draft with the data of a product, but without its schedule, its stock and the slug of its address. `newId` returns the IDs of its variants. */
export const copyOf = (
  product: Product,
  { name = `${product.name} (copy)`, skus }: { readonly name?: string | undefined; readonly skus: Skus },
  productId: string,
  newId: () => string,
  now: Date,
): Product => {
  const {
    publishAt: _,
    unpublishAt: __,
    deletedAt: ___,
    seo: { slug: ____, ...seo } = {},
    ...content
  } = product;
  return {
    ...content,
    productId,
    version: 1,
    name: Array.from(name).slice(0, LONGEST_NAME).join(''),
    status: 'draft',
    ...(Object.keys(seo).length > 0 && { seo }),
    variants: product.variants.map((variant) => ({
      ...variant,
      variantId: newId(),
      sku: skus.get(variant.sku) ?? variant.sku,
      initialStock: 0,
    })),
    former: [],
    createdAt: now,
    updatedAt: now,
  };
};
