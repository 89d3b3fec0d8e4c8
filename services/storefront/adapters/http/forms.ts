import type { Entered } from '#contracts/pages/storefront.ts';
import type { components, operations } from '#openapi/generated/storefront.ts';
import { z } from 'zod';
import type { Form } from '#adapters/http/multipart.ts';
import { HttpProblem } from '#adapters/http/problem.ts';
import type { Result } from '#kernel/result.ts';
import type { Choices, Order } from '../../core/application/checkout.ts';
import type { Recommended } from '../../core/application/show-recommended.ts';
import { searchHref, type Filters } from '../../core/domain/filters.ts';
import { isReturnReason, type ReturnWish } from '../../core/ports/returns.ts';
import type { WrittenReview } from '../../core/application/reviews.ts';
import type { AddressFields, Refused } from '../../core/ports/shop.ts';

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

/** As in `item` of `showShelfPart`. */
export const toRecommended = (item: string): Recommended => {
  const [productId = '', code, about] = item.split('.');
  return { productId, reason: code === undefined ? undefined : { code, productId: about } };
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

/** As `ReviewForm` in `openapi/storefront.yaml`: bytes of its texts in UTF-8, and files and kept media beyond what a review shows. */
export const REVIEW_LIMITS = { fields: 14, fieldBytes: 20_000, files: 10 };

const Review = z.object({
  stars: z.enum(['1', '2', '3', '4', '5']).optional(),
  title: z.string().max(150),
  text: z.string().max(5_000),
  version: z.string().regex(/^\d{1,9}$/).optional(),
  keep: z.array(z.guid()).max(10),
}); // prettier-ignore

/** Browsers send a line break as two characters, which count as one for `maxlength`. */
const asTyped = (text: string): string => text.replaceAll('\r\n', '\n');

export const toReview = ({ fields, files }: Form<Result<string, Refused>>): WrittenReview => {
  const single = Object.fromEntries(fields.map(([name, value]) => [name, asTyped(value)]));
  const keep = fields.flatMap(([name, value]) => (name === 'keep' ? [value] : []));
  const read = Review.safeParse({ ...single, keep });
  if (!read.success) throw new HttpProblem('VALIDATION_FAILED', 'The form is not valid.');
  const { stars, version, title, text, keep: kept } = read.data;
  return {
    stars: stars === undefined ? undefined : Number(stars),
    version: version === undefined ? undefined : Number(version),
    ...{ title, text, kept, pictures: files },
  };
};
