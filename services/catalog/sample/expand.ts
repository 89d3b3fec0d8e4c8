import { colours } from './data/colours.ts';
import type { Choice, Row, Shelf, Stock } from './data/row.ts';

/** One product as a line of the bulk import carries it; prices are decimal euros. */
export interface SampleProduct {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly subcategory: string;
  readonly tags: readonly string[];
  readonly brand: string;
  readonly specifications: Readonly<Record<string, string>>;
  readonly variants: readonly SampleVariant[];
}

export interface SampleVariant {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: number;
  readonly currency: 'EUR';
  readonly images: readonly string[];
  readonly initial_stock: number;
}

/** Every product of a shelf with its variants written out; the same tables always give the same products. */
export const expandShelf = (shelf: Shelf): readonly SampleProduct[] =>
  shelf.products.map((row) => ({
    name: row.name,
    description: row.description,
    category: shelf.category,
    subcategory: shelf.subcategory,
    tags: row.tags,
    brand: row.brand,
    specifications: row.specifications,
    variants: combinations(row.options).map((choices) => variantOf(row, row.shape ?? shelf.shape, choices)),
  }));

interface Chosen {
  readonly option: string;
  readonly value: string;
  readonly euros: number;
}

/** Every way to choose one value of each option, the last option turning fastest. */
const combinations = (options: Row['options']): readonly (readonly Chosen[])[] =>
  Object.entries(options).reduce<readonly (readonly Chosen[])[]>(
    (soFar, [option, choices]) =>
      soFar.flatMap((chosen) => choices.map((choice) => [...chosen, readChoice(option, choice)])),
    [[]],
  );

const readChoice = (option: string, choice: Choice): Chosen =>
  typeof choice === 'string'
    ? { option, value: choice, euros: 0 }
    : { option, value: choice[0], euros: choice[1] };

const variantOf = (row: Row, shape: string, choices: readonly Chosen[]): SampleVariant => {
  const sku = [row.code, ...choices.map(({ value }) => skuPart(value))].join('-');
  const cents = choices.reduce(
    (sum, { euros }) => sum + Math.round(euros * 100),
    Math.round(row.price * 100),
  );
  return {
    sku,
    attributes: Object.fromEntries(choices.map(({ option, value }) => [option, value])),
    price: cents / 100,
    currency: 'EUR',
    images: [`/media/samples/${pictureName(row, shape, choices)}`],
    initial_stock: stockOf(row.stock, sku),
  };
};

/** `Graphite` → GRA, `512 GB` → 512GB, `Whole bean` → WHOBEA. */
const skuPart = (value: string): string =>
  colours[value]?.[0] ??
  value
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => (/\d/.test(word) ? word : word.slice(0, 3)))
    .join('');

const pictureName = (row: Row, shape: string, choices: readonly Chosen[]): string => {
  const [, hex] = [...choices.map(({ value }) => value), row.colour ?? ''].flatMap(
    (name) => colours[name] ?? [],
  );
  if (hex === undefined) throw new Error(`${row.code} has no colour to be painted in`);
  const label = row.name
    .normalize('NFD') // é → e
    .replaceAll('’', "'")
    .replace(/[^A-Za-z0-9.&' -]/g, '')
    .replace(/[ -]+/g, '-');
  return `${shape}~${hex}~${label}.svg`;
};

/** Units at the start. The SKU itself is the seed, so that a new row never changes the stock of another. */
const stockOf = (stock: Stock, sku: string): number => {
  const dice = hash(sku);
  const roll = dice % 100;
  const spread = Math.floor(dice / 100);
  if (stock === 'gone') return 0;
  if (stock === 'few') return 1 + (spread % 3);
  if (stock === 'plenty') return 40 + (spread % 110);
  if (roll < 7) return 0;
  return roll < 18 ? 1 + (spread % 3) : 6 + (spread % 34);
};

/** FNV-1a, 32 bits, with its bits stirred once more: SKUs differ in their last letters only. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
};
