/** A value of an option; the pair says by how many euros it changes the price. */
export type Choice = string | readonly [value: string, euros: number];

/**
 * How much of a product lies on the shelf at the start.
 * - `plenty`: dozens of each variant
 * - `steady`: a shop's usual shelf, where now and then a variant runs low or out
 * - `few`: one to three of each
 * - `gone`: sold out
 */
export type Stock = 'plenty' | 'steady' | 'few' | 'gone';

/** A product as we write it down; its variants are every combination of its options. */
export interface Row {
  /** What its SKUs begin with. */
  readonly code: string;
  readonly name: string;
  readonly brand: string;
  /** EUR, before what a choice adds. */
  readonly price: number;
  readonly stock: Stock;
  readonly tags: readonly string[];
  readonly description: string;
  readonly specifications: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, readonly Choice[]>>;
  /** Name of the colour it is painted in where no option says one. */
  readonly colour?: string;
  /** Shape of its picture where it differs from the shelf's. */
  readonly shape?: string;
}

/** The products of one subcategory. */
export interface Shelf {
  readonly category: string;
  readonly subcategory: string;
  readonly shape: string;
  readonly products: readonly Row[];
}
