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
  /** By `attributeKey`. */
  attributes: Record<string, string>;
  /** By code of a price list, in the currency of the list; empty if the list has none. */
  prices: Record<string, string>;
  pictures: PictureValues[];
  /** The initial stock of a new SKU; empty for none. */
  stock: string;
}

export interface SpecificationValues {
  name: string;
  value: string;
}

/** In the order in which they are shown. */
export interface PictureValues {
  readonly url: string;
  readonly alt: string;
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
  specifications: SpecificationValues[];
  /** IDs, in the order in which they are shown. */
  related: string[];
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
  specifications: [],
  related: [],
  attributes: [],
  variants: [{ sku: '', price: '', currency: 'EUR', attributes: {}, prices: {}, pictures: [], stock: '' }],
};

/** The name of an attribute as part of the name of a field, where dots and brackets mean something. */
export const attributeKey = (name: string): string => name.replaceAll(/[%.[\]"'|]/g, encodeMark);

const encodeMark = (mark: string): string => `%${mark.charCodeAt(0).toString(16)}`;

const attributeName = (key: string): string => decodeURIComponent(key);

const renamed = (
  pairs: Readonly<Record<string, string>>,
  rename: (name: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).map(([name, value]) => [rename(name), value]));

export const priceText = (price: number, currency: string, locale: string): string =>
  price.toFixed(decimalsOf(currency)).replace('.', decimalMarkOf(locale));

/** With the decimals that it has: the currency of a list is not known here. */
const listPriceText = (price: number, locale: string): string =>
  String(price).replace('.', decimalMarkOf(locale));

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
  specifications: Object.entries(product.specifications).map(([name, value]) => ({ name, value })),
  related: [...product.related],
  attributes: [...new Set(product.variants.flatMap(({ attributes }) => Object.keys(attributes)))],
  variants: product.variants.map(({ sku, price, currency, attributes, prices, pictures }) => ({
    sku,
    price: priceText(price, currency, locale),
    currency,
    attributes: renamed(attributes, attributeKey),
    prices: Object.fromEntries(
      Object.entries(prices).map(([code, listed]) => [code, listPriceText(listed, locale)]),
    ),
    pictures: pictures.map(({ url, alt }) => ({ url, alt })),
    stock: '',
  })),
});

/** A time that was not touched stays to the second; the input knows minutes only. */
const instant = (text: string, before: string | undefined): { readonly at?: string } => {
  const at = text === toLocalInput(before) ? before : fromLocalInput(text);
  return at === undefined ? {} : { at };
};

export const tagsIn = (text: string): string[] =>
  [...new Set(text.split(',').map((tag) => tag.trim()))].filter(Boolean);

const given = (pairs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).filter(([, value]) => value.trim() !== ''));

const isFilled = ({ name, value }: SpecificationValues): boolean => name.trim() !== '' || value.trim() !== '';

const specificationsIn = ({ specifications }: ProductValues): Record<string, string> =>
  Object.fromEntries(specifications.filter(isFilled).map(({ name, value }) => [name.trim(), value.trim()]));

/**
 * What is sent: the values, and of `before` what a form cannot hold, such as the seconds of a time.
 * @param before undefined for a new product
 */
export const inputOf = (values: ProductValues, before: Product | undefined, locale: string): Input => {
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
    specifications: specificationsIn(values),
    related: values.related,
    seo: given({
      title: values.seoTitle.trim(),
      description: values.seoDescription.trim(),
      slug: values.seoSlug.trim(),
    }),
    variants: values.variants.map(({ sku, price, currency, attributes, prices, pictures, stock }) => ({
      sku,
      price: parseNumber(price, locale) ?? 0,
      currency,
      attributes: renamed(given(attributes), attributeName),
      prices: Object.fromEntries(
        Object.entries(given(prices)).map(([code, text]) => [code, parseNumber(text, locale) ?? 0]),
      ),
      images: [],
      pictures,
      initial_stock: Number(stock),
    })),
  };
};

const TAB = '\t';
const VARIANT = 'variant';
const ATTRIBUTE = 'attribute';
const LIST = 'list';
const PICTURES = 'pictures';
const STOCK = 'stock';
const SPECIFICATION = 'specification';
const RELATED = 'related';
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

/** Separators that no text and no address contains. */
const [BETWEEN_PICTURES, BETWEEN_PARTS] = ['\u001e', '\u001f'];

/** As one field. */
export const picturesText = (pictures: readonly PictureValues[]): string =>
  pictures.map(({ url, alt }) => url + BETWEEN_PARTS + alt).join(BETWEEN_PICTURES);

/** From the field of the pictures of a variant. */
export const picturesIn = (text: string): PictureValues[] =>
  text
    .split(BETWEEN_PICTURES)
    .filter(Boolean)
    .map((picture) => {
      const [url = '', alt = ''] = picture.split(BETWEEN_PARTS);
      return { url, alt };
    });

/** By what they show, or else by their files. */
export const picturesShown = (text: string): string =>
  picturesIn(text)
    .map(({ alt, url }) => alt || (url.split('/').at(-1) ?? url))
    .join(', ');

/** From the field of the related products. */
export const relatedIn = (text: string): string[] => text.split(' ').filter(Boolean);

export const isRelated = (field: string): boolean => field === RELATED;

/** Whether a field has the pictures of a variant. */
export const isPictures = (field: string): boolean => field.split(TAB)[2] === PICTURES;

/** The values as fields that can be compared separately; variants by SKU. */
export const fieldsOf = (values: ProductValues): Fields => {
  const fields = new Map<string, string>(SCALARS.map((name) => [name, values[name]]));
  for (const [name, value] of Object.entries(specificationsIn(values)))
    fields.set([SPECIFICATION, name].join(TAB), value);
  fields.set(RELATED, values.related.join(' '));
  for (const { sku, price, currency, attributes, prices, pictures, stock } of values.variants) {
    fields.set([VARIANT, sku, 'price'].join(TAB), price);
    fields.set([VARIANT, sku, 'currency'].join(TAB), currency);
    for (const [name, value] of Object.entries(renamed(given(attributes), attributeName)))
      fields.set([VARIANT, sku, ATTRIBUTE, name].join(TAB), value);
    for (const [code, listed] of Object.entries(given(prices)))
      fields.set([VARIANT, sku, LIST, code].join(TAB), listed);
    fields.set([VARIANT, sku, PICTURES].join(TAB), picturesText(pictures));
    if (stock !== '') fields.set([VARIANT, sku, STOCK].join(TAB), stock);
  }
  return fields;
};

export const valuesFrom = (fields: Fields): ProductValues => {
  const variants = new Map<string, VariantValues>();
  const specifications: SpecificationValues[] = [];
  for (const [field, text] of fields) {
    const [kind, sku = '', part, name = ''] = field.split(TAB);
    if (kind === SPECIFICATION) specifications.push({ name: sku, value: text });
    if (kind !== VARIANT) continue;
    const variant = variants.get(sku) ?? {
      sku,
      price: '',
      currency: '',
      attributes: {},
      prices: {},
      pictures: [],
      stock: '',
    };
    if (part === 'price') variant.price = text;
    else if (part === 'currency') variant.currency = text;
    else if (part === PICTURES) variant.pictures = picturesIn(text);
    else if (part === STOCK) variant.stock = text;
    else if (part === LIST) variant.prices[name] = text;
    else variant.attributes[attributeKey(name)] = text;
    variants.set(sku, variant);
  }
  // A row of which one side has only changed a part, while the other removed it, has no price.
  const whole = [...variants.values()].filter(({ price }) => price !== '');
  const text = (name: (typeof SCALARS)[number] | typeof RELATED): string => fields.get(name) ?? '';
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
    specifications,
    related: relatedIn(text(RELATED)),
    attributes: [...new Set(whole.flatMap(({ attributes }) => Object.keys(attributes).map(attributeName)))],
    variants: whole,
  };
};

/** The parts of the name of a field, to show it. */
export const fieldParts = (field: string): readonly string[] =>
  field.split(TAB).filter((part) => ![VARIANT, ATTRIBUTE, LIST].includes(part));

export type Fault =
  | 'required'
  | 'long'
  | 'tags'
  | 'sku'
  | 'skuTwice'
  | 'price'
  | 'currency'
  | 'stock'
  | 'schedule'
  | 'slug'
  | 'specificationTwice';

export const MOST_SPECIFICATIONS = 50;
export const MOST_RELATED = 24;

const MOST_TAGS = 30;
const MOST_TAG = 60;
const SKU = /^[A-Z0-9][A-Z0-9-]{2,39}$/;
const CURRENCY = /^[A-Z]{3}$/;
export const SLUG = /^([a-z0-9]+(-[a-z0-9]+)*)?$/;
const MOST_PRICE = 1_000_000_000;
const STOCK_COUNT = /^(\d{0,6}|1000000)$/;

export const isPrice = (text: string, currency: string, locale: string): boolean => {
  if (!CURRENCY.test(currency)) return true; // another fault
  const price = parseNumber(text, locale);
  return (
    isListPrice(text, locale) && price !== undefined && Number(price.toFixed(decimalsOf(currency))) === price
  );
};

/** The shop knows its decimals. */
const isListPrice = (text: string, locale: string): boolean => {
  const price = parseNumber(text, locale);
  return price !== undefined && price >= 0 && price <= MOST_PRICE;
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
      prices: z.record(
        z.string(),
        z
          .string()
          .check(z.refine((listed) => listed.trim() === '' || isListPrice(listed, locale), textOf('price'))),
      ),
      pictures: z.array(z.object({ url: z.string(), alt: text(500) })),
      stock: z.string().check(z.regex(STOCK_COUNT, textOf('stock'))),
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
      specifications: z
        .array(z.object({ name: text(500), value: text(500) }))
        .check(z.maxLength(MOST_SPECIFICATIONS)),
      related: z.array(z.string()).check(z.maxLength(MOST_RELATED)),
      attributes: z.array(z.string()),
      variants: z.array(variant).check(z.minLength(1), z.maxLength(100)),
    })
    .check(({ value: { publishAt, unpublishAt, specifications, variants }, issues }) => {
      const fault = (path: (string | number)[], name: Fault, input: string): void => {
        issues.push({ code: 'custom', path, message: textOf(name), input });
      };
      if (publishAt !== '' && unpublishAt !== '' && unpublishAt <= publishAt)
        fault(['unpublishAt'], 'schedule', unpublishAt);
      specifications.forEach((one, index) => {
        const name = one.name.trim();
        if (name === '' && isFilled(one)) fault(['specifications', index, 'name'], 'required', name);
        if (name !== '' && specifications.findIndex((other) => other.name.trim() === name) < index)
          fault(['specifications', index, 'name'], 'specificationTwice', name);
      });
      variants.forEach(({ sku }, index) => {
        if (variants.findIndex((other) => other.sku === sku) < index)
          fault(['variants', index, 'sku'], 'skuTwice', sku);
      });
    });
};
