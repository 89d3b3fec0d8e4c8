import * as z from 'zod/mini';
import type { Schemas } from '../../api.ts';
import type { Fields } from '../../shared/form/three-way.ts';
import { decimalsOf, fromLocalInput, toLocalInput } from '../../shared/format.ts';
import { decimalMarkOf, parseNumber } from '../../shared/sheet/numbers.ts';

type Product = Schemas['StaffProduct'];
type Input = Schemas['ProductInput'];

/** A variant as it is edited: all texts. */
export interface VariantValues {
  sku: string;
  price: string;
  currency: string;
  attributes: Record<string, string>;
}

/** A product as it is edited. */
export interface ProductValues {
  name: string;
  description: string;
  brand: string;
  categoryId: string;
  /** Separated by commas. */
  tags: string;
  status: 'draft' | 'published';
  /** As in `<input type="datetime-local">`. */
  publishAt: string;
  unpublishAt: string;
  seoTitle: string;
  seoDescription: string;
  seoSlug: string;
  /** The names of the attributes, which are the columns of the variants. */
  attributes: string[];
  variants: VariantValues[];
}

export const NEW_PRODUCT: ProductValues = {
  name: '',
  description: '',
  brand: '',
  categoryId: '',
  tags: '',
  status: 'draft',
  publishAt: '',
  unpublishAt: '',
  seoTitle: '',
  seoDescription: '',
  seoSlug: '',
  attributes: [],
  variants: [{ sku: '', price: '', currency: 'EUR', attributes: {} }],
};

const priceText = (price: number, currency: string, locale: string): string =>
  price.toFixed(decimalsOf(currency)).replace('.', decimalMarkOf(locale));

export const valuesOf = (product: Product, locale: string): ProductValues => ({
  name: product.name,
  description: product.description,
  brand: product.brand,
  categoryId: product.category_id ?? '',
  tags: product.tags.join(', '),
  status: product.status,
  publishAt: toLocalInput(product.publish_at),
  unpublishAt: toLocalInput(product.unpublish_at),
  seoTitle: product.seo?.title ?? '',
  seoDescription: product.seo?.description ?? '',
  seoSlug: product.seo?.slug ?? '',
  attributes: [...new Set(product.variants.flatMap(({ attributes }) => Object.keys(attributes)))],
  variants: product.variants.map(({ sku, price, currency, attributes }) => ({
    sku,
    price: priceText(price, currency, locale),
    currency,
    attributes: { ...attributes },
  })),
});

/** A time that was not touched stays to the second; the input knows minutes only. */
const instant = (text: string, before: string | undefined): { readonly at?: string } => {
  const at = text === toLocalInput(before) ? before : fromLocalInput(text);
  return at === undefined ? {} : { at };
};

const tagsIn = (text: string): string[] =>
  [...new Set(text.split(',').map((tag) => tag.trim()))].filter(Boolean);

const given = (pairs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).filter(([, value]) => value.trim() !== ''));

/**
 * What is sent: the values, and of `before` all that the form does not edit, such as specifications and pictures.
 * @param before undefined for a new product
 */
export const inputOf = (values: ProductValues, before: Product | undefined, locale: string): Input => {
  const known = new Map(before?.variants.map((variant) => [variant.sku, variant]));
  const publish = instant(values.publishAt, before?.publish_at);
  const unpublish = instant(values.unpublishAt, before?.unpublish_at);
  return {
    name: values.name.trim(),
    description: values.description,
    brand: values.brand.trim(),
    ...(values.categoryId === '' ? {} : { category_id: values.categoryId }),
    tags: tagsIn(values.tags),
    status: values.status,
    ...(publish.at === undefined ? {} : { publish_at: publish.at }),
    ...(unpublish.at === undefined ? {} : { unpublish_at: unpublish.at }),
    specifications: before?.specifications ?? {},
    seo: given({
      title: values.seoTitle.trim(),
      description: values.seoDescription.trim(),
      slug: values.seoSlug.trim(),
    }),
    variants: values.variants.map(({ sku, price, currency, attributes }) => {
      const pictures = known.get(sku)?.pictures;
      return {
        sku,
        price: parseNumber(price, locale) ?? 0,
        currency,
        attributes: given(attributes),
        images: [],
        ...(pictures === undefined ? {} : { pictures }),
        initial_stock: 0,
      };
    }),
  };
};

const TAB = '\t';
const VARIANT = 'variant';
const ATTRIBUTE = 'attribute';
const SCALARS = [
  'name',
  'description',
  'brand',
  'categoryId',
  'tags',
  'status',
  'publishAt',
  'unpublishAt',
  'seoTitle',
  'seoDescription',
  'seoSlug',
] as const;

/** The values as fields that can be compared separately; variants by SKU. */
export const fieldsOf = (values: ProductValues): Fields => {
  const fields = new Map<string, string>(SCALARS.map((name) => [name, values[name]]));
  for (const { sku, price, currency, attributes } of values.variants) {
    fields.set([VARIANT, sku, 'price'].join(TAB), price);
    fields.set([VARIANT, sku, 'currency'].join(TAB), currency);
    for (const [name, value] of Object.entries(given(attributes)))
      fields.set([VARIANT, sku, ATTRIBUTE, name].join(TAB), value);
  }
  return fields;
};

export const valuesFrom = (fields: Fields): ProductValues => {
  const variants = new Map<string, VariantValues>();
  for (const [field, text] of fields) {
    const [kind, sku = '', part, name = ''] = field.split(TAB);
    if (kind !== VARIANT) continue;
    const variant = variants.get(sku) ?? { sku, price: '', currency: '', attributes: {} };
    if (part === 'price') variant.price = text;
    else if (part === 'currency') variant.currency = text;
    else variant.attributes[name] = text;
    variants.set(sku, variant);
  }
  // A row of which one side has only changed a part, while the other removed it, has no price.
  const whole = [...variants.values()].filter(({ price }) => price !== '');
  const text = (name: (typeof SCALARS)[number]): string => fields.get(name) ?? '';
  return {
    name: text('name'),
    description: text('description'),
    brand: text('brand'),
    categoryId: text('categoryId'),
    tags: text('tags'),
    status: text('status') === 'draft' ? 'draft' : 'published',
    publishAt: text('publishAt'),
    unpublishAt: text('unpublishAt'),
    seoTitle: text('seoTitle'),
    seoDescription: text('seoDescription'),
    seoSlug: text('seoSlug'),
    attributes: [...new Set(whole.flatMap(({ attributes }) => Object.keys(attributes)))],
    variants: whole,
  };
};

/** The parts of the name of a field, to show it. */
export const fieldParts = (field: string): readonly string[] =>
  field.split(TAB).filter((part) => part !== VARIANT && part !== ATTRIBUTE);

export type Fault =
  'required' | 'long' | 'tags' | 'sku' | 'skuTwice' | 'price' | 'currency' | 'schedule' | 'slug';

const MOST_TAGS = 30;
const MOST_TAG = 60;
const SKU = /^[A-Z0-9][A-Z0-9-]{2,39}$/;
const CURRENCY = /^[A-Z]{3}$/;
const SLUG = /^([a-z0-9]+(-[a-z0-9]+)*)?$/;
const MOST_PRICE = 1_000_000_000;

const isPrice = (text: string, currency: string, locale: string): boolean => {
  if (!CURRENCY.test(currency)) return true; // another fault
  const price = parseNumber(text, locale);
  return (
    price !== undefined &&
    price >= 0 &&
    price <= MOST_PRICE &&
    Number(price.toFixed(decimalsOf(currency))) === price
  );
};

/** @param textOf the message of a fault */
export const schemaOf = (locale: string, textOf: (fault: Fault) => string) => {
  const text = (most: number) => z.string().check(z.maxLength(most, textOf('long')));
  const required = (most: number) => text(most).check(z.regex(/\S/, textOf('required')));
  const variant = z
    .object({
      sku: z.string().check(z.regex(SKU, textOf('sku'))),
      price: z.string(),
      currency: z.string().check(z.regex(CURRENCY, textOf('currency'))),
      attributes: z.record(z.string(), z.string()),
    })
    .check(
      z.refine(({ price, currency }) => isPrice(price, currency, locale), {
        path: ['price'],
        message: textOf('price'),
      }),
    );
  return z
    .object({
      name: required(300),
      description: text(10_000),
      brand: required(100),
      categoryId: z.string(),
      tags: z
        .string()
        .check(
          z.refine(
            (tags) => tagsIn(tags).length <= MOST_TAGS && tagsIn(tags).every((tag) => tag.length <= MOST_TAG),
            textOf('tags'),
          ),
        ),
      status: z.enum(['draft', 'published']),
      publishAt: z.string(),
      unpublishAt: z.string(),
      seoTitle: text(200),
      seoDescription: text(500),
      seoSlug: text(120).check(z.regex(SLUG, textOf('slug'))),
      attributes: z.array(z.string()),
      variants: z.array(variant).check(z.minLength(1), z.maxLength(100)),
    })
    .check(({ value: { publishAt, unpublishAt, variants }, issues }) => {
      const fault = (path: (string | number)[], name: Fault, input: string): void => {
        issues.push({ code: 'custom', path, message: textOf(name), input });
      };
      if (publishAt !== '' && unpublishAt !== '' && unpublishAt <= publishAt)
        fault(['unpublishAt'], 'schedule', unpublishAt);
      variants.forEach(({ sku }, index) => {
        if (variants.findIndex((other) => other.sku === sku) < index)
          fault(['variants', index, 'sku'], 'skuTwice', sku);
      });
    });
};
