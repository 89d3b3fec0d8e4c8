import * as z from 'zod/mini';
import type { Schemas } from '../../api.ts';
import type { Fields } from '../../shared/form/three-way.ts';
import { parseNumber } from '../../shared/sheet/numbers.ts';
import { isPrice, picturesIn, picturesText, priceText, SLUG, tagsIn } from '../products/product-form.ts';

type Collection = Schemas['StaffCollection'];
type Input = Schemas['CollectionInput'];
type Rule = Schemas['CollectionRule'];

export const SORTS = ['newest', 'name', 'price_asc', 'price_desc'] as const;

/** A collection as it is edited: all texts. */
export interface CollectionValues {
  name: string;
  description: string;
  status: 'draft' | 'published';
  /** Empty for none. */
  pictureUrl: string;
  pictureAlt: string;
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
  pictureUrl: '',
  pictureAlt: '',
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
  {
    name,
    description,
    status,
    picture,
    slug,
    seo,
    kind,
    product_ids: products = [],
    rule = {},
    sort,
  }: Collection,
  locale: string,
): CollectionValues => {
  const price = (amount: number | undefined): string =>
    amount === undefined ? '' : priceText(amount, rule.currency ?? '', locale);
  return {
    name,
    description,
    status,
    pictureUrl: picture?.url ?? '',
    pictureAlt: picture?.alt ?? '',
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

/** What is sent. */
export const inputOf = (values: CollectionValues, locale: string): Input => {
  const [title, description] = [values.seoTitle.trim(), values.seoDescription.trim()];
  return {
    name: values.name.trim(),
    description: values.description,
    status: values.status,
    ...(values.slug.trim() === '' ? {} : { slug: values.slug.trim() }),
    seo: { ...(title === '' ? {} : { title }), ...(description === '' ? {} : { description }) },
    ...(values.pictureUrl === ''
      ? {}
      : { picture: { url: values.pictureUrl, alt: values.pictureAlt.trim() } }),
    kind: values.kind,
    ...(values.kind === 'manual'
      ? { product_ids: values.products }
      : { rule: ruleOf(values, locale), sort: values.sort }),
  };
};

const SCALARS = [
  'name',
  'description',
  'status',
  'slug',
  'seoTitle',
  'seoDescription',
  'kind',
  'categoryId',
  'brand',
  'tags',
  'minPrice',
  'maxPrice',
  'currency',
  'days',
  'sort',
] as const;

/** A field that can be compared separately. */
export type CollectionField = (typeof SCALARS)[number] | 'picture' | 'products';

/** The values as fields. */
export const fieldsOf = (values: CollectionValues): Fields =>
  new Map<CollectionField, string>([
    ...SCALARS.map((name) => [name, values[name]] as const),
    [
      'picture',
      values.pictureUrl === '' ? '' : picturesText([{ url: values.pictureUrl, alt: values.pictureAlt }]),
    ],
    ['products', values.products.join(' ')],
  ]);

export const valuesFrom = (fields: Fields): CollectionValues => {
  const text = (name: CollectionField): string => fields.get(name) ?? '';
  const [picture = { url: '', alt: '' }] = picturesIn(text('picture'));
  return {
    name: text('name'),
    description: text('description'),
    status: text('status') === 'published' ? 'published' : 'draft',
    pictureUrl: picture.url,
    pictureAlt: picture.alt,
    slug: text('slug'),
    seoTitle: text('seoTitle'),
    seoDescription: text('seoDescription'),
    kind: text('kind') === 'rule' ? 'rule' : 'manual',
    products: productsIn(text('products')),
    categoryId: text('categoryId'),
    brand: text('brand'),
    tags: text('tags'),
    minPrice: text('minPrice'),
    maxPrice: text('maxPrice'),
    currency: text('currency'),
    days: text('days'),
    sort: SORTS.find((sort) => sort === text('sort')) ?? 'newest',
  };
};

/** IDs, from their field. */
const productsIn = (text: string): string[] => text.split(' ').filter(Boolean);

/** What a change of the field `products` adds and removes. */
export const productChange = (
  before: string,
  after: string,
): { readonly added: readonly string[]; readonly removed: readonly string[] } => {
  const [old, now] = [new Set(productsIn(before)), new Set(productsIn(after))];
  return { added: [...now].filter((id) => !old.has(id)), removed: [...old].filter((id) => !now.has(id)) };
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
      pictureUrl: z.string(),
      pictureAlt: text(500),
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
