import { wordsOf, wordsWanted } from '#kernel/words.ts';

/** What staff recognise a variant by, as its product says. */
export interface Label {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** From the root to the product's own category. */
  readonly categoryIds: readonly string[];
  /** The names of these. */
  readonly categoryPath: readonly string[];
  /** The URL of a picture. */
  readonly image?: string | undefined;
}

/** Conditions that must all hold. */
export interface LabelFilter {
  /** Beginnings of words of the name, the attributes or the SKU; all of them. */
  readonly q?: string | undefined;
  /** In this category, or one below it. */
  readonly categoryId?: string | undefined;
}

/** The words by whose beginnings a variant is found. */
export const wordsOfLabel = ({ name, sku, attributes }: Label): readonly string[] =>
  wordsOf([name, sku, ...Object.values(attributes)]);

/** Whether a list with this filter has the variant. */
export const isFound = (label: Label | undefined, { q, categoryId }: LabelFilter): boolean => {
  const wanted = wordsWanted(q ?? '');
  if (wanted.length === 0 && categoryId === undefined) return true;
  if (!label) return false;
  const words = wordsOfLabel(label);
  return (
    wanted.every((beginning) => words.some((word) => word.startsWith(beginning))) &&
    (categoryId === undefined || label.categoryIds.includes(categoryId))
  );
};
