import type { Entered } from '#contracts/pages/storefront.ts';
import type { components, operations } from '#openapi/generated/storefront.ts';
import type { Choices, Order } from '../../core/application/checkout.ts';
import { searchHref, type Filters } from '../../core/domain/filters.ts';
import { isReturnReason, type ReturnWish } from '../../core/ports/returns.ts';
import type { AddressFields } from '../../core/ports/shop.ts';

type Schemas = components['schemas'];
type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

/** Forms send empty fields as well. */
const given = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();

/** What to show again in a form. */
export const entered = (form: Readonly<Record<string, string | undefined>>): Entered =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );

export const toFilters = (query: Query<'showSearch'>): { filters: Filters; path: string } => {
  const { q = '', category = '', brand = [], attribute = [], min_price: minPrice = '' } = query;
  const { max_price: maxPrice = '', rating = '', in_stock: inStock = '', sort = 'relevance' } = query;
  const filters = { query: q.trim(), category, brands: brand, attributes: attribute, minPrice, maxPrice, rating, isInStockOnly: inStock === 'true', sort }; // prettier-ignore
  return { filters, path: searchHref(filters) };
};

export const choicesOf = (query: Query<'showCheckout'>): Choices => ({
  addressId: query.address,
  optionId: query.delivery,
  paymentToken: query.payment_token,
  card: query.card,
  seenTotal: query.seen_total,
  notice: query.notice,
});

/** The lines of which units were chosen. */
export const toReturnWish = ({ comment, seen, ...fields }: Schemas['ReturnForm']): ReturnWish => ({
  lines: Object.entries(fields).flatMap(([name, text]) => {
    const variantId = /^quantity-([0-9a-f-]{36})$/.exec(name)?.[1];
    const quantity = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    const reason = fields[`reason-${variantId ?? ''}`] ?? '';
    return variantId !== undefined && quantity > 0
      ? [{ variantId, quantity, reason: isReturnReason(reason) ? reason : 'other' }]
      : [];
  }),
  comment: given(comment),
  seen: Number(seen ?? 0),
});

export const toAddress = (form: Schemas['AddressForm']): AddressFields => ({
  recipient: form.recipient,
  line1: form.line1,
  line2: given(form.line2),
  city: form.city,
  region: given(form.region),
  postalCode: given(form.postal_code),
  country: form.country,
  phone: given(form.phone),
});

export const toOrder = (form: Schemas['OrderForm']): Order => ({
  addressId: form.address,
  optionId: form.delivery,
  cartVersion: Number(form.cart_version),
  expectedTotal: form.expected_total,
  currency: form.currency,
  quoteToken: given(form.quote_token),
  paymentToken: given(form.payment_token),
  card: given(form.card),
  seenTotal: undefined,
  notice: undefined,
});
