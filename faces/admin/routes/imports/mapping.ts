import type { Schemas } from '../../api.ts';

type Column = Schemas['ImportColumn'];

/** What a column of a file can be; attributes and specifications have names of their own. */
export const FIELDS = [
  'sku',
  'handle',
  'name',
  'description',
  'brand',
  'category',
  'subcategory',
  'category_id',
  'tags',
  'price',
  'currency',
  'prices',
  'images',
  'image_texts',
  'status',
  'publish_at',
  'unpublish_at',
  'seo_title',
  'seo_description',
  'seo_slug',
  'related',
  'initial_stock',
  'stock_adjustment',
  'stock_adjustment_reason',
] as const;

/** How the select of a column names that the column is ignored, or that it is not known. */
export const IGNORED = '-';
export const UNKNOWN = '';

/** The value of the select of a column. */
export const choiceOf = ({ field }: Column): string =>
  field === undefined ? UNKNOWN : field === null ? IGNORED : field;

/** By column, what was chosen instead of what was guessed. */
export type Choices = ReadonlyMap<string, string>;

/**
 * The mapping that is sent: what the last check had, and what was chosen since. Columns that are not named are mapped by their names.
 */
export const mappingOf = (
  before: Schemas['Import']['mapping'],
  choices: Choices,
): Record<string, string | null> => ({
  ...before,
  ...Object.fromEntries(
    [...choices]
      .filter(([, choice]) => choice !== UNKNOWN)
      .map(([name, choice]) => [name, choice === IGNORED ? null : choice]),
  ),
});

/** Columns that are neither mapped nor ignored. */
export const unmapped = (columns: readonly Column[], choices: Choices): readonly string[] =>
  columns
    .filter((column) => (choices.get(column.name) ?? choiceOf(column)) === UNKNOWN)
    .map(({ name }) => name);
