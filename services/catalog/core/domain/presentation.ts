import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

/** How a product appears in search engines. */
export interface Seo {
  readonly title?: string;
  readonly description?: string;
  /** For its address in the shop; several products may have the same. */
  readonly slug?: string;
}

export interface Presentation {
  readonly seo?: Seo;
  /** IDs of products that are shown with it, in order; some may be hidden or deleted. */
  readonly related: readonly string[];
}

/** Fields that are absent stay as they are. */
export interface PresentationDraft {
  /** Empty to remove it. */
  readonly seo?: Seo;
  readonly related?: readonly string[];
}

const MOST_RELATED = 24;

/** @param before absent for a new product */
export const presentationOf = (
  { seo, related }: PresentationDraft,
  productId: string,
  before?: Presentation,
): Result<Presentation, Refusal<'INVALID_PRODUCT'>> => {
  const ids = related ?? before?.related ?? [];
  if (ids.length > MOST_RELATED)
    return refuse('INVALID_PRODUCT', `A product has at most ${MOST_RELATED} related products.`);
  if (new Set(ids).size < ids.length) return refuse('INVALID_PRODUCT', 'A related product is named twice.');
  if (ids.includes(productId)) return refuse('INVALID_PRODUCT', 'A product cannot be related to itself.');
  const said = seo ?? before?.seo ?? {};
  return ok({ ...(Object.keys(said).length > 0 && { seo: said }), related: ids });
};
