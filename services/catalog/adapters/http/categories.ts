import type { DocumentQueries } from '#kernel/documents.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import type {
  makeChangeCategory,
  makeCreateCategory,
  makeDeleteCategory,
} from '../../core/application/change-categories.ts';
import { findByKey } from '../../core/application/find-by-key.ts';
import type { Category, CategoryDraft } from '../../core/domain/category.ts';
import { childrenIn, pathOf, treeOf } from '../../core/domain/category-tree.ts';
import type { ProductQueries } from '../../core/ports/product-queries.ts';
import type { CatalogCode } from './errors.ts';

type Schemas = components['schemas'];

export interface CategoryUseCases {
  readonly createCategory: ReturnType<typeof makeCreateCategory>;
  readonly changeCategory: ReturnType<typeof makeChangeCategory>;
  readonly deleteCategory: ReturnType<typeof makeDeleteCategory>;
  readonly categories: DocumentQueries<Category>;
  readonly countByCategory: ProductQueries['countByCategory'];
}

type Operation = 'listCategories' | 'getCategory' | 'createCategory' | 'changeCategory' | 'deleteCategory';

const NOT_FOUND = refuse('CATEGORY_NOT_FOUND', 'There is no such category.');

export const makeCategoryHandlers = (
  catalog: CategoryUseCases,
): Pick<Handlers<operations, CatalogCode>, Operation> => {
  /** Its own fields, and those above it. */
  const shown = async (category: Category): Promise<Schemas['CategoryDetail']> => {
    const above = new Map([[category.id, category]]);
    for (let { parentId } = category; parentId !== undefined && !above.has(parentId);) {
      const parent: Category | undefined = await catalog.categories.find(parentId);
      if (!parent) break;
      above.set(parent.id, parent);
      parentId = parent.parentId;
    }
    return fromCategory(category, pathOf(above, category).slice(0, -1));
  };
  return {
    listCategories: async ({ query: { include_empty = false } }) => {
      const [categories, counts] = await Promise.all([catalog.categories.all(), catalog.countByCategory()]);
      return { status: 200, body: { items: toItems(categories, counts, include_empty) } };
    },
    getCategory: async ({ path: { category: key } }) => {
      const category = await findByKey(catalog.categories, key);
      if (!category) return NOT_FOUND;
      return { status: 200, headers: { ETag: etag(category.edition) }, body: await shown(category) };
    },
    createCategory: async ({ body, idempotency }) => {
      const created = await catalog.createCategory(toDraft(body), idempotency);
      if (!created.ok) return created;
      const { id, edition } = created.value;
      const headers = { ETag: etag(edition), Location: `/api/v1/categories/${id}` };
      return { status: 201, headers, body: await shown(created.value) };
    },
    changeCategory: async ({ path, body, ifMatch }) => {
      const changed = await catalog.changeCategory({
        key: path.category,
        basedOn: ifMatch,
        draft: toDraft(body),
      });
      if (!changed.ok) return changed;
      const headers = { ETag: etag(changed.value.edition) };
      return { status: 200, headers, body: await shown(changed.value) };
    },
    deleteCategory: async ({ path, ifMatch }) => {
      const deleted = await catalog.deleteCategory(path.category, ifMatch);
      return deleted.ok ? { status: 204 } : deleted;
    },
  };
};

const toDraft = (input: Schemas['CategoryInput']): CategoryDraft => ({
  name: input.name.trim(),
  slug: input.slug,
  parentId: input.parent_id,
  position: input.position ?? 0,
  description: input.description ?? '',
  seo: input.seo,
  picture: input.picture,
});

const fromCategory = (category: Category, above: readonly Category[]): Schemas['CategoryDetail'] => ({
  category_id: category.id,
  name: category.name,
  slug: category.slug,
  ...(category.parentId === undefined ? {} : { parent_id: category.parentId }),
  position: category.position,
  description: category.description,
  ...(category.seo ? { seo: category.seo } : {}),
  ...(category.picture ? { picture: category.picture } : {}),
  breadcrumbs: above.map(({ id, name, slug }) => ({ category_id: id, name, slug })),
});

const inOrder = (a: Category, b: Category): number =>
  a.position - b.position || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** The roots with the categories below them, and the numbers of their products. */
const toItems = (
  categories: readonly Category[],
  counts: ReadonlyMap<string, number>,
  includeEmpty: boolean,
): Schemas['Category'][] => {
  const children = childrenIn(treeOf(categories));
  const toNodes = (parentId: string | undefined): Schemas['CategoryNode'][] =>
    (children.get(parentId) ?? [])
      .toSorted(inOrder)
      .map((category): Schemas['CategoryNode'] => {
        const below = toNodes(category.id);
        return {
          category_id: category.id,
          slug: category.slug,
          name: category.name,
          products: below.reduce((sum, { products }) => sum + products, counts.get(category.id) ?? 0),
          ...(category.picture ? { picture: category.picture } : {}),
          children: below,
        };
      })
      .filter(({ products }) => includeEmpty || products > 0);
  return toNodes(undefined).map((root) => ({
    ...root,
    subcategories: root.children.map(({ name, products }) => ({ name, products })),
  }));
};
