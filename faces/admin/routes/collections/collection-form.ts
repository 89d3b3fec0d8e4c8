import * as z from 'zod/mini';
import type { Schemas } from '../../api.ts';
import { parseNumber } from '../../shared/sheet/numbers.ts';
import { isPrice, priceText, SLUG, tagsIn } from '../products/product-form.ts';

type Collection = Schemas['StaffCollection'];
type Input = Schemas['CollectionInput'];
type Rule = Schemas['CollectionRule'];

export const SORTS = ['newest', 'name', 'price_asc', 'price_desc'] as const;

/** A collection as it is edited: all texts. */
export interface CollectionValues {
  name: string;
  description: string;
  status: 'draft' | 'published';
  slug: string;
  seoTitle: string;
  seoDescription: string;
  kind: 'manual' | 'rule';
  /** IDs, in the order in which they are shown; of a manual collection. */
  products: string[];
  /** Conditions of a rule; empty where there is none. */
  categoryId: string;
  brand: string;
  /** Separated by commas. */
  tags: string;
  minPrice: string;
  maxPrice: string;
  currency: string;
  days: string;
  sort: (typeof SORTS)[number];
}

export const NEW_COLLECTION: CollectionValues = {
  name: '',
  description: '',
  status: 'draft',
  slug: '',
  seoTitle: '',
  seoDescription: '',
  kind: 'manual',
  products: [],
  categoryId: '',
  brand: '',
  tags: '',
  minPrice: '',
  maxPrice: '',
  currency: '',
  days: '',
  sort: 'newest',
};

export const valuesOf = (
  { name, description, status, slug, seo, kind, product_ids: products = [], rule = {}, sort }: Collection,
  locale: string,
): CollectionValues => {
  const price = (amount: number | undefined): string =>
    amount === undefined ? '' : priceText(amount, rule.currency ?? '', locale);
  return {
    name,
    description,
    status,
    slug,
    seoTitle: seo?.title ?? '',
    seoDescription: seo?.description ?? '',
    kind,
    products: [...products],
    categoryId: rule.category_id ?? '',
    brand: rule.brand ?? '',
    tags: (rule.tags ?? []).join(', '),
    minPrice: price(rule.min_price),
    maxPrice: price(rule.max_price),
    currency: rule.currency ?? '',
    days: String(rule.created_within_days ?? ''),
    sort: sort ?? 'newest',
  };
};

const ruleOf = (values: CollectionValues, locale: string): Rule => {
  const [min, max] = [parseNumber(values.minPrice, locale), parseNumber(values.maxPrice, locale)];
  const tags = tagsIn(values.tags);
  return {
    ...(values.categoryId === '' ? {} : { category_id: values.categoryId }),
    ...(values.brand.trim() === '' ? {} : { brand: values.brand.trim() }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(min === undefined ? {} : { min_price: min }),
    ...(max === undefined ? {} : { max_price: max }),
    ...(values.currency === '' ? {} : { currency: values.currency }),
    ...(values.days === '' ? {} : { created_within_days: Number(values.days) }),
  };
};

/**
 * What is sent: the values, and of `before` what the form does not have.
 * @param before undefined for a new collection
 */
export const inputOf = (values: CollectionValues, before: Collection | undefined, locale: string): Input => {
  const [title, description] = [values.seoTitle.trim(), values.seoDescription.trim()];
  return {
    name: values.name.trim(),
    description: values.description,
    status: values.status,
    ...(values.slug.trim() === '' ? {} : { slug: values.slug.trim() }),
    seo: { ...(title === '' ? {} : { title }), ...(description === '' ? {} : { description }) },
    ...(before?.picture === undefined ? {} : { picture: before.picture }),
    kind: values.kind,
    ...(values.kind === 'manual'
      ? { product_ids: values.products }
      : { rule: ruleOf(values, locale), sort: values.sort }),
  };
};

export type Fault = 'tags' | 'price' | 'currency' | 'order' | 'days' | 'condition';

export const MOST_PRODUCTS = 1_000;
const MOST_TAGS = 10;
const MOST_TAG = 60;
const MOST_DAYS = 3_650;
const CURRENCY = /^[A-Z]{3}$/;
const DAYS = /^[1-9]\d{0,3}$/;

/** @param textOf the message of a fault */
export const schemaOf = (locale: string, textOf: (fault: Fault | 'required' | 'long' | 'slug') => string) => {
  const text = (most: number) => z.string().check(z.maxLength(most, textOf('long')));
  return z
    .object({
      name: text(100).check(z.regex(/\S/, textOf('required'))),
      description: text(10_000),
      status: z.enum(['draft', 'published']),
      slug: text(120).check(z.regex(SLUG, textOf('slug'))),
      seoTitle: text(200),
      seoDescription: text(500),
      kind: z.enum(['manual', 'rule']),
      products: z.array(z.string()).check(z.maxLength(MOST_PRODUCTS)),
      categoryId: z.string(),
      brand: text(100),
      tags: z.string(),
      minPrice: z.string(),
      maxPrice: z.string(),
      currency: z.string(),
      days: z.string(),
      sort: z.enum(SORTS),
    })
    .check(({ value, issues }) => {
      if (value.kind === 'manual') return;
      const fault = (field: keyof CollectionValues, name: Fault): void => {
        issues.push({ code: 'custom', path: [field], message: textOf(name), input: value[field] });
      };
      const { minPrice, maxPrice, currency, days } = value;
      const tags = tagsIn(value.tags);
      if (tags.length > MOST_TAGS || tags.some((tag) => tag.length > MOST_TAG)) fault('tags', 'tags');
      const hasPrice = minPrice.trim() !== '' || maxPrice.trim() !== '';
      if ((hasPrice || currency !== '') && !CURRENCY.test(currency)) fault('currency', 'currency');
      for (const field of ['minPrice', 'maxPrice'] as const)
        if (value[field].trim() !== '' && !isPrice(value[field], currency, locale)) fault(field, 'price');
      const [min, max] = [parseNumber(minPrice, locale), parseNumber(maxPrice, locale)];
      if (min !== undefined && max !== undefined && max < min) fault('maxPrice', 'order');
      if (days !== '' && (!DAYS.test(days) || Number(days) > MOST_DAYS)) fault('days', 'days');
      if (Object.keys(ruleOf(value, locale)).length === 0) fault('categoryId', 'condition');
    });
};
