import type { StoredDocument } from '#kernel/documents.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { levelsBelow, isWithin, pathOf, treeOf, type TreeOf } from './category-tree.ts';
import type { Seo } from './page.ts';
import type { Picture } from './pictures.ts';
import type { Refreshing } from './refreshing.ts';
import { bySlug, slugOf, slugsFrom } from './slug.ts';

/** A node of the category tree. Products keep copies of its name and place. */
export interface Category extends StoredDocument, Refreshing, Omit<CategoryDraft, 'slug'> {
  readonly slug: string;
  /**
   * Number of the last change of the tree's structure that concerned this category. It is unique, so that of two concurrent
   * changes, which could make a cycle together, the second is decided again.
   */
  readonly generation: number;
}

export interface CategoryDraft {
  readonly name: string;
  /** Unique in the shop. By default, a new category gets one from its name, and others keep theirs. */
  readonly slug?: string | undefined;
  /** Absent for a root. */
  readonly parentId?: string | undefined;
  /** Categories with the same parent are sorted by position, then by name. */
  readonly position: number;
  readonly description: string;
  readonly seo?: Seo | undefined;
  readonly picture?: Picture | undefined;
}

export type CategoryRefusal = Refusal<'INVALID_CATEGORY' | 'NAME_TAKEN' | 'SLUG_TAKEN'>;

const MOST_CATEGORIES = 10_000;
/** Levels of the tree. */
export const MOST_LEVELS = 5;

/** Names that differ only in case and blanks are the same. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The unique name of the category with this name in this place. */
export const bySibling = (parentId: string | undefined, name: string): string =>
  `sibling:${parentId ?? ''}:${nameKey(name)}`;

export const namesOf = ({ slug, parentId, name, generation }: Category): readonly string[] => [
  bySlug(slug),
  bySibling(parentId, name),
  `generation:${generation}`,
];

/** @param id of the category to move; a new category has none in the tree yet */
const checkPlace = (
  { name, slug, parentId }: CategoryDraft,
  tree: TreeOf<Category>,
  id: string,
): Result<undefined, CategoryRefusal> => {
  if (nameKey(name) === '') return refuse('INVALID_CATEGORY', 'A category needs a name.');
  const parent = parentId === undefined ? undefined : tree.get(parentId);
  if (parentId !== undefined && !parent)
    return refuse('INVALID_CATEGORY', 'There is no such parent category.');
  if (parent && isWithin(tree, parent, id))
    return refuse('INVALID_CATEGORY', 'A category cannot be moved into itself or a category below it.');
  const levels = (parent ? pathOf(tree, parent).length : 0) + 1 + levelsBelow(tree, id);
  if (levels > MOST_LEVELS)
    return refuse('INVALID_CATEGORY', `Categories have at most ${MOST_LEVELS} levels.`);
  const others = [...tree.values()].filter((other) => other.id !== id);
  const key = bySibling(parentId, name);
  if (others.some((other) => bySibling(other.parentId, other.name) === key))
    return refuse('NAME_TAKEN', 'Another category in the same place has this name.');
  if (slug !== undefined && others.some((other) => other.slug === slug))
    return refuse('SLUG_TAKEN', 'Another category has this slug.');
  return ok(undefined);
};

const firstFree = (wanted: string, taken: ReadonlySet<string>): string => {
  for (const slug of slugsFrom(wanted)) if (!taken.has(slug)) return slug;
  return wanted;
};

const nextGeneration = (tree: TreeOf<Category>): number =>
  [...tree.values()].reduce((most, { generation }) => Math.max(most, generation), 0) + 1;

export const createCategory = (
  draft: CategoryDraft,
  id: string,
  categories: readonly Category[],
): Result<Category, CategoryRefusal> => {
  const tree = treeOf(categories);
  if (tree.size >= MOST_CATEGORIES)
    return refuse('INVALID_CATEGORY', `A shop has at most ${MOST_CATEGORIES} categories.`);
  const checked = checkPlace(draft, tree, id);
  if (!checked.ok) return checked;
  const taken = new Set(categories.map(({ slug }) => slug));
  const slug = draft.slug ?? firstFree(slugOf(draft.name, 'category'), taken);
  return ok({ ...draft, slug, id, version: 1, edition: 1, generation: nextGeneration(tree) });
};

/** Renames, describes or moves a category. Products are refreshed if their copies are outdated by it. */
export const changeCategory = (
  category: Category,
  draft: CategoryDraft,
  categories: readonly Category[],
): Result<Category, CategoryRefusal> => {
  const tree = treeOf(categories);
  const checked = checkPlace(draft, tree, category.id);
  if (!checked.ok) return checked;
  const { id, version, edition, slug, refresh } = category;
  const isMoved = draft.parentId !== category.parentId;
  return ok({
    ...draft,
    slug: draft.slug ?? slug,
    id,
    version: version + 1,
    edition: edition + 1,
    generation: isMoved ? nextGeneration(tree) : category.generation,
    refresh: isMoved || draft.name !== category.name ? { after: '' } : refresh,
  });
};
