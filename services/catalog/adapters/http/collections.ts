import { etag, type Handlers } from '#adapters/http/operations.ts';
import type { Clock } from '#kernel/clock.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import { parseMoney, toDecimal } from '#kernel/money.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import type {
  makeCreateCollection,
  makeDeleteCollection,
  makeUpdateCollection,
} from '../../core/application/change-collections.ts';
import { findByKey } from '../../core/application/find-by-key.ts';
import type {
  Collection,
  CollectionDraft,
  Contents,
  InvalidCollection,
  PriceRange,
  Rule,
} from '../../core/domain/collection.ts';
import type { ProductQueries } from '../../core/ports/product-queries.ts';
import { pageOfProducts } from './collection-pages.ts';
import { newestFirst } from './document-pages.ts';
import type { CatalogCode } from './errors.ts';
import { fromPage } from './mapping.ts';

type Schemas = components['schemas'];

const LIST = 'collections';

export interface CollectionUseCases {
  readonly createCollection: ReturnType<typeof makeCreateCollection>;
  readonly updateCollection: ReturnType<typeof makeUpdateCollection>;
  readonly deleteCollection: ReturnType<typeof makeDeleteCollection>;
  readonly collections: DocumentQueries<Collection>;
  readonly queries: ProductQueries;
  readonly clock: Clock;
}

type Operation =
  | 'listCollections'
  | 'getCollection'
  | 'listCollectionProducts'
  | 'listStaffCollections'
  | 'getStaffCollection'
  | 'createCollection'
  | 'updateCollection'
  | 'deleteCollection';

const NOT_FOUND = refuse('COLLECTION_NOT_FOUND', 'There is no such collection.');

const isPublished = ({ status }: Collection): boolean => status === 'published';

export const makeCollectionHandlers = (
  catalog: CollectionUseCases,
): Pick<Handlers<operations, CatalogCode>, Operation> => {
  const published = async (key: string): Promise<Collection | undefined> => {
    const collection = await findByKey(catalog.collections, key);
    return collection && isPublished(collection) ? collection : undefined;
  };
  return {
    listCollections: async ({ query: { limit = 24, cursor } }) => {
      const page = await newestFirst(catalog.collections, LIST, { limit, cursor }, isPublished);
      if (!page.ok) return page;
      const { items, next } = page.value;
      return {
        status: 200,
        body: { items: items.map(fromCollection), ...(next !== undefined && { next_cursor: next }) },
      };
    },
    getCollection: async ({ path }) => {
      const collection = await published(path.collection);
      if (!collection) return NOT_FOUND;
      return { status: 200, headers: { ETag: etag(collection.version) }, body: fromCollection(collection) };
    },
    listCollectionProducts: async ({ path, query: { limit = 24, cursor } }) => {
      const collection = await published(path.collection);
      if (!collection) return NOT_FOUND;
      const page = await pageOfProducts(collection, { limit, cursor }, catalog.queries, catalog.clock.now());
      return page.ok ? { status: 200, body: fromPage(page.value) } : page;
    },
    listStaffCollections: async ({ query: { limit = 24, cursor } }) => {
      const page = await newestFirst(catalog.collections, LIST, { limit, cursor });
      if (!page.ok) return page;
      const { items, next } = page.value;
      return {
        status: 200,
        body: { items: items.map(forStaff), ...(next !== undefined && { next_cursor: next }) },
      };
    },
    getStaffCollection: async ({ path }) => {
      const collection = await findByKey(catalog.collections, path.collection);
      if (!collection) return NOT_FOUND;
      return { status: 200, headers: { ETag: etag(collection.version) }, body: forStaff(collection) };
    },
    createCollection: async ({ body, idempotency }) => {
      const draft = toDraft(body);
      if (!draft.ok) return draft;
      const created = await catalog.createCollection(draft.value, idempotency);
      if (!created.ok) return created;
      const { id, version } = created.value;
      const headers = { ETag: etag(version), Location: `/api/v1/collections/${id}` };
      return { status: 201, headers, body: forStaff(created.value) };
    },
    updateCollection: async ({ path, body, ifMatch }) => {
      const draft = toDraft(body);
      if (!draft.ok) return draft;
      const updated = await catalog.updateCollection({
        key: path.collection,
        basedOn: ifMatch,
        draft: draft.value,
      });
      if (!updated.ok) return updated;
      return { status: 200, headers: { ETag: etag(updated.value.version) }, body: forStaff(updated.value) };
    },
    deleteCollection: async ({ path, ifMatch }) => {
      const deleted = await catalog.deleteCollection(path.collection, ifMatch);
      return deleted.ok ? { status: 204 } : deleted;
    },
  };
};

const invalid = (detail: string): Result<never, InvalidCollection> => refuse('INVALID_COLLECTION', detail);

const toDraft = (input: Schemas['CollectionInput']): Result<CollectionDraft, InvalidCollection> => {
  const contents = toContents(input);
  if (!contents.ok) return contents;
  const { name, slug, description = '', status = 'draft', seo, picture } = input;
  return ok({ name: name.trim(), slug, description, status, seo, picture, contents: contents.value });
};

const toContents = ({
  kind,
  product_ids,
  rule,
  sort,
}: Schemas['CollectionInput']): Result<Contents, InvalidCollection> => {
  if (kind === 'manual')
    return rule || sort
      ? invalid('Only a collection by rule has a rule and a sort order.')
      : ok({ kind, productIds: product_ids ?? [] });
  if (!rule || product_ids) return invalid('A collection by rule has a rule, and no products of its own.');
  const price = toPriceRange(rule);
  if (!price.ok) return price;
  const { category_id, brand, tags, created_within_days } = rule;
  const conditions: Rule = {
    categoryId: category_id,
    brand,
    tags,
    price: price.value,
    createdWithinDays: created_within_days,
  };
  return ok({ kind, rule: conditions, sort: sort ?? 'newest' });
};

const toPriceRange = ({
  currency,
  min_price,
  max_price,
}: Schemas['CollectionRule']): Result<PriceRange | undefined, InvalidCollection> => {
  if (min_price === undefined && max_price === undefined)
    return currency === undefined ? ok(undefined) : invalid('A currency needs a min_price or a max_price.');
  if (currency === undefined) return invalid('A price needs a currency.');
  const [min, max] = [min_price, max_price].map((price) =>
    price === undefined ? ok(undefined) : parseMoney(price, currency),
  );
  if (min?.ok === false) return invalid(`${min.error.detail}.`);
  if (max?.ok === false) return invalid(`${max.error.detail}.`);
  return ok({ currency, min: min?.value?.minor, max: max?.value?.minor });
};

/** A collection as customers see it. */
const fromCollection = ({
  id,
  name,
  slug,
  description,
  seo,
  picture,
}: Collection): Schemas['Collection'] => ({
  collection_id: id,
  name,
  slug,
  description,
  ...(seo && { seo }),
  ...(picture && { picture }),
});

const forStaff = (collection: Collection): Schemas['StaffCollection'] => ({
  ...fromCollection(collection),
  version: collection.version,
  status: collection.status,
  ...fromContents(collection.contents),
  created_at: collection.createdAt,
  updated_at: collection.updatedAt,
});

const fromContents = (
  contents: Contents,
): Pick<Schemas['StaffCollection'], 'kind' | 'product_ids' | 'rule' | 'sort'> =>
  contents.kind === 'manual'
    ? { kind: contents.kind, product_ids: [...contents.productIds] }
    : { kind: contents.kind, rule: fromRule(contents.rule), sort: contents.sort };

const fromRule = ({
  categoryId,
  brand,
  tags,
  price,
  createdWithinDays,
}: Rule): Schemas['CollectionRule'] => ({
  ...(categoryId !== undefined && { category_id: categoryId }),
  ...(brand !== undefined && { brand }),
  ...(tags && { tags: [...tags] }),
  ...(price && { currency: price.currency }),
  ...(price?.min !== undefined && { min_price: toDecimal({ minor: price.min, currency: price.currency }) }),
  ...(price?.max !== undefined && { max_price: toDecimal({ minor: price.max, currency: price.currency }) }),
  ...(createdWithinDays !== undefined && { created_within_days: createdWithinDays }),
});
