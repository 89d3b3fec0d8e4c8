import type { Refusal, Result } from '#kernel/result.ts';
import type { ReviewMedia } from '../domain/review.ts';

export type UnknownMedia = Refusal<'UNKNOWN_MEDIA'>;

/** What users have uploaded. Throws an outage if it cannot be asked. */
export interface MediaLibrary {
  /** Media of this user, in this order; refused if one of them is not there, not ready or another user's. */
  find(mediaIds: readonly string[], userId: string): Promise<Result<readonly ReviewMedia[], UnknownMedia>>;
}
