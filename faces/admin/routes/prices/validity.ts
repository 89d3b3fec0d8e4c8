import type { Schemas } from '../../api.ts';

export type Validity = 'planned' | 'valid' | 'ended';

/** Whether the prices of a list apply at a time. */
export const validityOf = (
  { valid_from: from, valid_until: until }: Pick<Schemas['PriceList'], 'valid_from' | 'valid_until'>,
  now: Date,
): Validity => {
  if (until !== undefined && new Date(until) <= now) return 'ended';
  return from !== undefined && new Date(from) > now ? 'planned' : 'valid';
};
