/** A category as far as the tree is concerned. */
export interface TreeNode {
  readonly id: string;
  readonly parentId?: string | undefined;
}

/** Categories by ID. */
export type TreeOf<T extends TreeNode> = ReadonlyMap<string, T>;

export const treeOf = <T extends TreeNode>(categories: readonly T[]): TreeOf<T> =>
  new Map(categories.map((category) => [category.id, category]));

/**
 * The category, after those above it, the root first. A category whose parent does not exist, because it was deleted at the same
 * moment, is a root.
 */
export const pathOf = <T extends TreeNode>(tree: TreeOf<T>, category: T): readonly T[] => {
  const path = [category];
  const seen = new Set([category.id]);
  for (let above = parentOf(tree, category); above && !seen.has(above.id); above = parentOf(tree, above)) {
    path.unshift(above);
    seen.add(above.id);
  }
  return path;
};

const parentOf = <T extends TreeNode>(tree: TreeOf<T>, { parentId }: T): T | undefined =>
  parentId === undefined ? undefined : tree.get(parentId);

/** True if the category is the one with this ID, or below it. */
export const isWithin = <T extends TreeNode>(tree: TreeOf<T>, category: T, id: string): boolean =>
  pathOf(tree, category).some((above) => above.id === id);

/** Levels below a category. */
export const levelsBelow = <T extends TreeNode>(tree: TreeOf<T>, id: string): number =>
  [...tree.values()].reduce((most, category) => {
    const path = pathOf(tree, category);
    const at = path.findIndex((above) => above.id === id);
    return at < 0 ? most : Math.max(most, path.length - 1 - at);
  }, 0);

/** Categories by the ID of their parent; roots by `undefined`. */
export const childrenIn = <T extends TreeNode>(
  tree: TreeOf<T>,
): ReadonlyMap<string | undefined, readonly T[]> =>
  Map.groupBy(tree.values(), (category) => parentOf(tree, category)?.id);
