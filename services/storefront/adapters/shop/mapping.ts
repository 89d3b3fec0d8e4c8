import type { Schemas } from '#client/index.ts';
import { moneyOf, type Money } from '#kernel/money.ts';
import type {
  Address,
  AddressFields,
  Cart,
  Category,
  CategoryDetail,
  Collection,
  Facets,
  Found,
  Listed,
  Order,
  Progress,
  Product,
  Quote,
  Review,
  Reviews,
  Search,
} from '../../core/ports/shop.ts';

/** Whatever a property is called, it is either there or not. */
const optional = (amount: number | undefined, currency: string): Money | undefined =>
  amount === undefined ? undefined : moneyOf(amount, currency);

type Node = Schemas['CategoryNode'];

const toNode = ({ category_id: categoryId, slug, name, products, picture, children }: Node): Category => ({
  categoryId,
  slug,
  name,
  count: products,
  picture: picture?.url,
  children: children.map(toNode),
});

/** Without categories that have no page. */
export const toCategories = (items: readonly Schemas['Category'][]): readonly Category[] =>
  items.flatMap(({ category_id: categoryId, slug, name, products, picture, children = [] }) =>
    categoryId === undefined || slug === undefined
      ? []
      : [{ categoryId, slug, name, count: products, picture: picture?.url, children: children.map(toNode) }],
  );

export const toCategoryDetail = (category: Schemas['CategoryDetail']): CategoryDetail => ({
  categoryId: category.category_id,
  slug: category.slug,
  name: category.name,
  description: category.description,
  above: category.breadcrumbs,
});

export const toCollection = ({
  slug,
  name,
  description,
  picture,
  seo,
}: Schemas['Collection']): Collection => ({
  slug,
  name,
  description,
  picture,
  title: seo?.title,
  summary: seo?.description,
});

export const toQuery = (search: Search) => ({
  ...(search.query === '' ? {} : { q: search.query }),
  ...(search.categoryId === undefined ? {} : { category_id: [search.categoryId] }),
  ...(search.brands.length === 0 ? {} : { brand: [...search.brands] }),
  ...(search.attributes.length === 0 ? {} : { attribute: [...search.attributes] }),
  ...(search.minPrice === undefined ? {} : { min_price: search.minPrice }),
  ...(search.maxPrice === undefined ? {} : { max_price: search.maxPrice }),
  ...(search.rating === undefined ? {} : { rating: search.rating }),
  ...(search.isInStockOnly ? { in_stock: true } : {}),
  ...(search.cursor === undefined ? {} : { cursor: search.cursor }),
  sort: search.sort as 'relevance',
  limit: search.limit,
  facets: search.withFacets,
});

const toListed = (hit: Schemas['Hit']): Listed => ({
  productId: hit.product_id,
  name: hit.name,
  brand: hit.brand,
  image: hit.image,
  from: moneyOf(hit.price_from, hit.currency),
  to: moneyOf(hit.price_to, hit.currency),
  regular: undefined,
  isInStock: hit.in_stock,
  rating: hit.rating,
});

/** From a list of the catalog, which does not know the stock. */
export const fromSummary = (product: Schemas['ProductSummary']): Listed => ({
  productId: product.product_id,
  name: product.name,
  brand: product.brand,
  image: product.image,
  from: moneyOf(product.price_from, product.currency),
  to: undefined,
  regular: optional(product.regular_price, product.currency),
  isInStock: true,
  rating: undefined,
});

type Counted = readonly { readonly value: string; readonly products: number }[];

const toCounts = (values: Counted) => values.map(({ value, products }) => ({ value, count: products }));

const toFacets = (facets: Schemas['Facets']): Facets => ({
  categories: toCounts(facets.categories),
  brands: toCounts(facets.brands),
  attributes: facets.attributes.map(({ name, values }) => ({ name, values: toCounts(values) })),
  ratings: facets.ratings.map(({ at_least: atLeast, products }) => ({ atLeast, count: products })),
  price: facets.price,
});

export const toFound = (page: Schemas['SearchPage']): Found => ({
  items: page.items.map(toListed),
  total: page.total,
  match: page.match,
  redirect: page.redirect,
  facets: page.facets && toFacets(page.facets),
  next: page.next_cursor,
});

export const toProduct = (product: Schemas['Product']): Product => ({
  productId: product.product_id,
  name: product.name,
  slug: product.seo?.slug,
  title: product.seo?.title,
  summary: product.seo?.description,
  description: product.description,
  brand: product.brand,
  categoryId: product.category_ids?.at(-1),
  specifications: product.specifications,
  variants: product.variants.map((variant) => ({
    variantId: variant.variant_id,
    sku: variant.sku,
    attributes: variant.attributes,
    price: moneyOf(variant.price, variant.currency),
    regular: optional(variant.regular_price, variant.currency),
    pictures: variant.pictures ?? variant.images.map((url) => ({ url, alt: '' })),
  })),
});

const toReview = (review: Schemas['Review']): Review => ({
  stars: review.rating,
  title: review.title,
  text: review.text,
  author: review.author,
  at: new Date(review.created_at),
  isVerified: review.is_verified_purchase,
  reply: review.reply?.text,
  media: (review.media ?? []).map(({ url, thumbnail_url: thumbnail }) => ({ url, thumbnail })),
});

export const toReviews = ({ items, rating }: Schemas['ReviewPage']): Reviews => ({
  average: rating.average,
  count: rating.count,
  histogram: rating.histogram,
  items: items.map(toReview),
});

export const toCart = ({ version, items, subtotal, currency }: Schemas['Cart']): Cart => ({
  version,
  subtotal: currency === undefined ? undefined : moneyOf(subtotal, currency),
  items: items.map((item) => ({
    itemId: item.item_id,
    productId: item.product_id,
    variantId: item.variant_id,
    name: item.name,
    image: item.image,
    quantity: item.quantity,
    price: moneyOf(item.price, currency ?? ''),
    total: moneyOf(item.line_total, currency ?? ''),
    isAvailable: item.is_available ?? true,
  })),
});

type WireAddress = Omit<Schemas['Address'], 'postal_code'> & { postal_code?: string };

const toAddressFields = (address: WireAddress): AddressFields => ({
  recipient: address.recipient,
  line1: address.line1,
  line2: address.line2,
  city: address.city,
  region: address.region,
  postalCode: address.postal_code,
  country: address.country,
  phone: address.phone,
});

export const toAddress = (address: Schemas['SavedAddress']): Address => ({
  ...toAddressFields(address),
  addressId: address.address_id,
  isDefault: address.default_shipping,
});

export const fromAddress = (address: AddressFields): Schemas['AddressDraft'] => ({
  recipient: address.recipient,
  line1: address.line1,
  city: address.city,
  country: address.country,
  ...(address.line2 === undefined ? {} : { line2: address.line2 }),
  ...(address.region === undefined ? {} : { region: address.region }),
  ...(address.postalCode === undefined ? {} : { postal_code: address.postalCode }),
  ...(address.phone === undefined ? {} : { phone: address.phone }),
});

export const toQuote = (quote: Schemas['Quote']): Quote => {
  const amount = (decimal: number): Money => moneyOf(decimal, quote.currency);
  return {
    cartVersion: quote.cart_version,
    currency: quote.currency,
    pricesIncludeTax: quote.prices_include_tax,
    items: quote.items.map(({ item_id: itemId, name, quantity, total }) => ({
      itemId,
      name,
      quantity,
      total: amount(total),
    })),
    issues: quote.issues.map(({ item_id: itemId, available }) => ({ itemId, available })),
    subtotal: amount(quote.subtotal),
    options: quote.options.map((option) => ({
      optionId: option.shipping_option_id,
      carrier: option.carrier,
      service: option.service,
      price: amount(option.shipping),
      tax: amount(option.tax),
      total: amount(option.total),
      expected: option.estimated_delivery,
    })),
    token: quote.quote_token,
  };
};

const cardOf = ({ brand, last4 }: Schemas['Order']['payment']): string | undefined =>
  last4 === undefined ? undefined : `${brand ?? ''} •••• ${last4}`.trim();

const returnableOf = ({ actions }: Schemas['Order']): Order['returnable'] => {
  const found = actions.find((one) => one.action === 'return');
  return found?.action === 'return'
    ? {
        until: new Date(found.until),
        lines: found.lines.map(({ variant_id: variantId, quantity }) => ({ variantId, quantity })),
      }
    : undefined;
};

export const toOrder = (order: Schemas['Order']): Order => {
  const amount = (decimal: number): Money => moneyOf(decimal, order.currency);
  const may = (wanted: string): boolean => order.actions.some(({ action }) => action === wanted);
  return {
    orderId: order.order_id,
    number: order.number,
    version: order.version,
    canCancel: may('cancel'),
    canChangeAddress: may('change_address'),
    returnable: returnableOf(order),
    status: order.status,
    items: order.items.map(({ product_id: productId, variant_id: variantId, name, quantity, total }) => ({
      productId,
      variantId,
      name,
      quantity,
      total: amount(total),
    })),
    subtotal: amount(order.subtotal),
    delivery: amount(order.shipping.price),
    tax: amount(order.tax_total),
    total: amount(order.total_amount),
    refunded: amount(order.refunded_total),
    pricesIncludeTax: order.prices_include_tax,
    carrier: `${order.shipping.carrier} ${order.shipping.service}`,
    trackingNumber: order.shipping.tracking_number,
    expected: order.shipping.estimated_delivery,
    card: cardOf(order.payment),
    address: toAddressFields(order.shipping_address),
    requestedAddress: order.requested_address && toAddressFields(order.requested_address),
    timeline: order.timeline.map(({ status, at, detail }) => ({ status, at: new Date(at), detail })),
    placedAt: new Date(order.placed_at),
  };
};

export const toProgress = (progress: Schemas['OrderProgress']): Progress => ({
  status: progress.status,
  steps: progress.progress.map(({ status, at }) => ({ status, at: new Date(at) })),
  carrier: progress.carrier,
  trackingNumber: progress.tracking_number,
  expected: progress.estimated_delivery,
  placedAt: new Date(progress.placed_at),
});
