import { JsonText } from '#adapters/http/json-text.ts';
import { parseMoney } from '#kernel/money.ts';
import type { Page } from '#kernel/pages.ts';
import { err, ok, refuse, type Result } from '#kernel/result.ts';
import type { components } from '#openapi/generated/catalog.ts';
import { PUBLISHED, type Publishing } from '../../core/domain/lifecycle.ts';
import type { InvalidProduct, Product, ProductDraft, VariantDraft } from '../../core/domain/product.ts';
import { picturesAt, urlsOf } from '../../core/domain/pictures.ts';
import type { Seo } from '../../core/domain/presentation.ts';
import { pricesAt } from '../../core/domain/price.ts';
import type { Offer, ProductJson } from '../../core/ports/product-queries.ts';
import { fromPrices } from '../prices.ts';
import { summarize } from '../summary.ts';

type Schemas = components['schemas'];

const toVariantDraft = (input: Schemas['VariantInput']): Result<VariantDraft, InvalidProduct> => {
  const price = parseMoney(input.price, input.currency);
  if (!price.ok) return refuse('INVALID_PRODUCT', `${input.sku}: ${price.error.detail}.`);
  return ok({
    sku: input.sku,
    attributes: input.attributes ?? {},
    price: price.value,
    prices: input.prices,
    pictures: input.pictures ?? picturesAt(input.images ?? []),
    initialStock: input.initial_stock ?? 0,
  });
};

/** Undefined if nothing is said about it. */
const toPublishing = (input: Schemas['ProductInput']): Publishing | undefined => {
  const { status = PUBLISHED.status, publish_at, unpublish_at } = input;
  if (input.status === undefined && publish_at === undefined && unpublish_at === undefined) return undefined;
  return {
    status,
    ...(publish_at === undefined ? {} : { publishAt: new Date(publish_at) }),
    ...(unpublish_at === undefined ? {} : { unpublishAt: new Date(unpublish_at) }),
  };
};

export const toDraft = (input: Schemas['ProductInput']): Result<ProductDraft, InvalidProduct> => {
  const variants: VariantDraft[] = [];
  for (const variant of input.variants) {
    const draft = toVariantDraft(variant);
    if (!draft.ok) return err(draft.error);
    variants.push(draft.value);
  }
  const { name, description, category_id, category = '', subcategory = '' } = input;
  const { tags = [], brand, specifications = {}, seo, related } = input;
  const place =
    category_id === undefined
      ? { category, subcategory, categoryIds: [] }
      : { category: '', subcategory: '', categoryIds: [category_id] };
  const publishing = toPublishing(input);
  return ok({
    name,
    description,
    ...place,
    categoryPath: [],
    tags,
    brand,
    specifications,
    variants,
    ...(publishing && { publishing }),
    ...(seo && { seo }),
    ...(related && { related: related.map((id) => id.toLowerCase()) }),
  });
};

/** In this order of keys, whichever order the store keeps. */
export const fromSeo = ({ title, description, slug }: Seo): Schemas['Seo'] => ({
  ...(title !== undefined && { title }),
  ...(description !== undefined && { description }),
  ...(slug !== undefined && { slug }),
});

/** The product as customers see it. */
const fromVisible = (product: Product): Schemas['Product'] => ({
  product_id: product.productId,
  version: product.version,
  name: product.name,
  description: product.description,
  category: product.category,
  subcategory: product.subcategory,
  category_ids: [...product.categoryIds],
  tags: [...product.tags],
  brand: product.brand,
  specifications: product.specifications,
  variants: product.variants.map(({ variantId, sku, attributes, pictures, ...priced }) => ({
    variant_id: variantId,
    sku,
    attributes,
    ...fromPrices(pricesAt(priced, product.updatedAt)),
    images: urlsOf({ pictures }),
    pictures: pictures.map(({ url, alt }) => ({ url, alt })),
  })),
  ...(product.seo && { seo: fromSeo(product.seo) }),
  related: [...product.related],
  created_at: product.createdAt.toISOString(),
  updated_at: product.updatedAt.toISOString(),
});

/** The product as staff see it. */
export const fromProduct = (product: Product): Schemas['Product'] => ({
  ...fromVisible(product),
  status: product.status,
  ...(product.publishAt && { publish_at: product.publishAt.toISOString() }),
  ...(product.unpublishAt && { unpublish_at: product.unpublishAt.toISOString() }),
  ...(product.deletedAt && { deleted_at: product.deletedAt.toISOString() }),
});

/** A change of this JSON needs a new format. */
export const productJson: ProductJson = {
  format: 2,
  summary: (product) => JSON.stringify(summarize(product)),
  detail: (product) => JSON.stringify(fromVisible(product)),
  rated: (json, rating) =>
    rating === undefined || rating.count === 0
      ? json
      : `${json.slice(0, -1)},"rating":{"average":${rating.average},"count":${rating.count}}}`,
};

/** @param items as made by `productJson.summary` */
export const fromPage = ({ items, next }: Page<string>): JsonText<Schemas['ProductPage']> =>
  new JsonText(`{"items":[${items.join()}]${next === undefined ? '' : `,"next_cursor":"${next}"`}}`);

export const fromOffer = ({ productId, variantId, sku, name, image, prices }: Offer): Schemas['Offer'] => ({
  product_id: productId,
  variant_id: variantId,
  sku,
  name,
  ...(image === undefined ? {} : { image }),
  ...fromPrices(prices),
});

/** What inventory shows of a product. */
export const descriptionOf = (product: Product): Schemas['ProductDescription'] => ({
  product_id: product.productId,
  name: product.name,
  category_ids: [...product.categoryIds],
  category_path:
    product.categoryPath.length > 0
      ? [...product.categoryPath]
      : [product.category, product.subcategory].filter((name) => name !== ''),
  variants: product.variants.map((variant) => {
    const [image] = urlsOf(variant);
    return {
      variant_id: variant.variantId,
      sku: variant.sku,
      attributes: { ...variant.attributes },
      ...(image === undefined ? {} : { image }),
    };
  }),
});
