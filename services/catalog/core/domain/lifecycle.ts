/** Whether and when customers may see a product. */
export interface Publishing {
  readonly status: 'draft' | 'published';
  /** A published product is visible from then on; at once if absent. */
  readonly publishAt?: Date;
  /** A published product is visible until then; for good if absent. */
  readonly unpublishAt?: Date;
}

export interface Lifecycle extends Publishing {
  /** When it was moved to the trash. */
  readonly deletedAt?: Date;
}

/** Customers see a product in the stage `published` only; staff see it in any. */
export type Stage = 'draft' | 'scheduled' | 'published' | 'ended' | 'trash';

export const stageOf = ({ status, publishAt, unpublishAt, deletedAt }: Lifecycle, at: Date): Stage => {
  if (deletedAt) return 'trash';
  if (status === 'draft') return 'draft';
  if (publishAt && at < publishAt) return 'scheduled';
  return unpublishAt && at >= unpublishAt ? 'ended' : 'published';
};

export const isVisible = (product: Lifecycle, at: Date): boolean => stageOf(product, at) === 'published';

/** What is stored and published about a product holds as of its last change. */
export const currentStage = (product: Lifecycle & { readonly updatedAt: Date }): Stage =>
  stageOf(product, product.updatedAt);

/** When the product's stage changes next by itself, if ever. */
export const nextStageChange = (product: Lifecycle & { readonly updatedAt: Date }): Date | undefined => {
  const { status, publishAt, unpublishAt, deletedAt, updatedAt } = product;
  const moments = deletedAt || status === 'draft' ? [] : [publishAt, unpublishAt];
  return moments
    .filter((moment) => moment !== undefined)
    .filter((moment) => moment > updatedAt)
    .reduce<Date | undefined>((first, moment) => (first && first <= moment ? first : moment), undefined);
};

/** Published at once and for good. */
export const PUBLISHED: Publishing = { status: 'published' };

/** Only the fields of `Publishing`, without absent ones. */
export const publishingOf = ({ status, publishAt, unpublishAt }: Publishing): Publishing => ({
  status,
  ...(publishAt && { publishAt }),
  ...(unpublishAt && { unpublishAt }),
});
