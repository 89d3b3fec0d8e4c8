export const STAGES = ['published', 'draft', 'scheduled', 'ended', 'trash'] as const;
export const MISSING = ['image', 'price', 'category'] as const;
export const SORTS = ['updated', 'newest', 'name', 'price_asc', 'price_desc'] as const;

/** What the list shows, as it is in the URL; the defaults are left out. */
export interface ProductsView {
  readonly stage?: (typeof STAGES)[number] | undefined;
  readonly missing?: (typeof MISSING)[number] | undefined;
  readonly sort?: Exclude<(typeof SORTS)[number], 'updated'> | undefined;
  /** Words of the name or brand, or a SKU. */
  readonly q?: string | undefined;
  /** A category, with those below it. */
  readonly category?: string | undefined;
  readonly after?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const oneOf = <Name extends string>(names: readonly Name[], text: unknown): Name | undefined =>
  names.find((name) => name === text);

/** From the search parameters of any URL: what is not understood is ignored. */
export const parseProductsView = ({
  stage,
  missing,
  sort,
  q,
  category,
  after,
}: Record<string, unknown>): ProductsView => {
  const view = {
    stage: oneOf(STAGES, stage),
    missing: oneOf(MISSING, missing),
    sort: oneOf(
      SORTS.filter((one) => one !== 'updated'),
      sort,
    ),
    q:
      typeof q === 'number'
        ? String(q)
        : typeof q === 'string' && q.trim() !== ''
          ? q.slice(0, 200)
          : undefined,
    category: typeof category === 'string' && UUID.test(category) ? category : undefined,
    after: typeof after === 'string' && after !== '' ? after : undefined,
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
};
