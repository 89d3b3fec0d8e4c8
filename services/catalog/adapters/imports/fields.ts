import { toDecimal } from '#kernel/money.ts';
import { textsOf, urlsOf } from '../../core/domain/pictures.ts';
import { STOCK_FIELD } from '../../core/domain/import-job.ts';
import { decimalsOf, type Product, type Variant } from '../../core/domain/product.ts';
import { joined, listed, slots } from './cells.ts';

/** How a file writes numbers. */
export interface Notation {
  readonly decimal: '.' | ',';
}

export interface Field {
  /** A product's own fields are taken from its first row. */
  readonly of: 'product' | 'variant';
  /** Further names of its column, without blanks, hyphens and underscores. */
  readonly synonyms: readonly string[];
  /** The value of a cell in the JSON of an import; undefined says nothing. A value that is invalid is left to the schema. */
  readonly read: (cell: string, notation: Notation) => unknown;
  /** The cell of an export; absent if the field is only imported. */
  readonly write?: (product: Product, variant: Variant) => string;
}

const text = (cell: string): string => cell;

const NUMBERS = { '.': /^\d+(\.\d+)?$/, ',': /^\d+(,\d+)?$/ };

/** Text that is not a number is left unchanged, and the schema refuses it. */
const number = (cell: string, { decimal }: Notation): number | string =>
  NUMBERS[decimal].test(cell) ? Number(cell.replace(',', '.')) : cell;

const SIGNED = { '.': /^[+-]?\d+(\.\d+)?$/, ',': /^[+-]?\d+(,\d+)?$/ };

const signed = (cell: string, { decimal }: Notation): number | string =>
  SIGNED[decimal].test(cell) ? Number(cell.replace(',', '.')) : cell;

const unlessEmpty = (cell: string): string | undefined => (cell === '' ? undefined : cell);

const orNull = (cell: string): string | null => (cell === '' ? null : cell);

/** Prices in price lists: `SALE=9.9|WHOLESALE=8`; a code without a price removes the price. */
const prices = (cell: string, notation: Notation): unknown => {
  if (cell === '') return undefined;
  const said = listed(cell).map((item) => /^([^=]+)=(.*)$/s.exec(item));
  if (said.includes(null)) return cell;
  return Object.fromEntries(
    said.map((pair) => [pair?.[1] ?? '', pair?.[2] === '' ? null : number(pair?.[2] ?? '', notation)]),
  );
};

const isEmpty = (cell: string): boolean => cell === '';

/** The columns of a file by name, and the fields of a product that they are. */
export const FIELDS: Readonly<Record<string, Field>> = {
  name: {
    of: 'product',
    synonyms: ['title', 'productname', 'producttitle'],
    read: text,
    write: ({ name }) => name,
  },
  description: {
    of: 'product',
    synonyms: ['body', 'bodyhtml', 'productdescription', 'longdescription'],
    read: text,
    write: ({ description }) => description,
  },
  category: {
    of: 'product',
    synonyms: ['productcategory', 'maincategory', 'department'],
    read: text,
    write: ({ category }) => category,
  },
  subcategory: {
    of: 'product',
    synonyms: ['type', 'producttype'],
    read: text,
    write: ({ subcategory }) => subcategory,
  },
  category_id: {
    of: 'product',
    synonyms: [],
    read: unlessEmpty,
    write: ({ categoryIds }) => categoryIds.at(-1) ?? '',
  },
  brand: {
    of: 'product',
    synonyms: ['vendor', 'manufacturer', 'maker'],
    read: text,
    write: ({ brand }) => brand,
  },
  tags: {
    of: 'product',
    synonyms: ['tag', 'labels', 'keywords'],
    read: listed,
    write: ({ tags }) => joined(tags),
  },
  status: {
    of: 'product',
    synonyms: ['productstatus'],
    read: unlessEmpty,
    write: ({ status }) => status,
  },
  publish_at: {
    of: 'product',
    synonyms: ['publishat', 'publishedat', 'availablefrom'],
    read: orNull,
    write: ({ publishAt }) => publishAt?.toISOString() ?? '',
  },
  unpublish_at: {
    of: 'product',
    synonyms: ['unpublishat', 'availableuntil'],
    read: orNull,
    write: ({ unpublishAt }) => unpublishAt?.toISOString() ?? '',
  },
  seo_title: {
    of: 'product',
    synonyms: ['metatitle', 'pagetitle'],
    read: text,
    write: ({ seo }) => seo?.title ?? '',
  },
  seo_description: {
    of: 'product',
    synonyms: ['metadescription'],
    read: text,
    write: ({ seo }) => seo?.description ?? '',
  },
  seo_slug: {
    of: 'product',
    synonyms: [],
    read: text,
    write: ({ seo }) => seo?.slug ?? '',
  },
  related: {
    of: 'product',
    synonyms: [],
    read: listed,
    write: ({ related }) => joined(related),
  },
  sku: {
    of: 'variant',
    synonyms: ['variantsku', 'articlenumber', 'itemnumber', 'partnumber'],
    read: text,
    write: (_, { sku }) => sku,
  },
  price: {
    of: 'variant',
    synonyms: ['variantprice', 'unitprice', 'saleprice'],
    read: number,
    write: (_, { price }) => String(toDecimal(price)),
  },
  currency: {
    of: 'variant',
    synonyms: ['currencycode', 'pricecurrency'],
    read: text,
    write: (_, { price }) => price.currency,
  },
  prices: {
    of: 'variant',
    synonyms: ['listprices', 'pricelists'],
    read: prices,
    write: (_, variant) =>
      joined(Object.entries(decimalsOf(variant)).map(([code, price]) => `${code}=${price}`)),
  },
  images: {
    of: 'variant',
    synonyms: ['image', 'imagesrc', 'imageurl', 'pictures', 'picture', 'variantimage'],
    read: listed,
    write: (_, variant) => joined(urlsOf(variant)),
  },
  image_texts: {
    of: 'variant',
    synonyms: ['imagealttext', 'imagealt', 'alttext'],
    read: slots,
    write: (_, variant) => joined(textsOf(variant)),
  },
  initial_stock: {
    of: 'variant',
    synonyms: ['initialstock', 'openingstock'],
    read: (cell, notation) => (isEmpty(cell) ? undefined : number(cell, notation)),
  },
  [STOCK_FIELD]: {
    of: 'variant',
    synonyms: ['stockchange', 'stockdelta', 'inventoryadjustment', 'quantityadjustment'],
    read: (cell, notation) => (isEmpty(cell) ? undefined : signed(cell, notation)),
  },
  stock_adjustment_reason: {
    of: 'variant',
    synonyms: ['adjustmentreason', 'stockreason'],
    read: unlessEmpty,
  },
};

/** By the name of a column, which may be that of a method. */
export const fieldOf = (name: string): Field | undefined =>
  Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;

/** Groups the rows of a product. */
export const HANDLE = 'handle';
export const HANDLE_SYNONYMS: readonly string[] = ['producthandle', 'productid', 'parentsku', 'groupid'];

/** Columns that the file of rejected rows adds, and an import ignores. */
export const ERROR_COLUMNS = ['error_line', 'error_column', 'error'] as const;

/** Attributes and specifications: `attr.colour`, `spec.weight`. */
export const PAIRS = { attr: 'attributes', spec: 'specifications' } as const;
export const PAIR = /^(attr|spec)\.(.*\S.*)$/s;

/** What pairs have no column of their own, as a JSON object. */
export const MORE_PAIRS: readonly string[] = Object.values(PAIRS);
