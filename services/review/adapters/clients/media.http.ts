import type { ServiceClient } from '#adapters/http/client.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import { ok, refuse } from '#kernel/result.ts';
import type { components } from '#openapi/generated/media.ts';
import type { ReviewMedia } from '../../core/domain/review.ts';
import type { MediaLibrary } from '../../core/ports/media-library.ts';

type Media = components['schemas']['Media'];

const PATH = '/internal/v1/media-descriptions';
const checkMedia = schemaCheck<Media>('media.yaml', 'Media');

const UNKNOWN = refuse('UNKNOWN_MEDIA', 'Upload pictures and videos for a review first, and name your own.');

/** The sizes that lists of reviews show; others are in the description of the media. */
const urlOf = ({ variants = [] }: Media, preset: string): string | undefined =>
  variants.find((one) => one.preset === preset && one.content_type === 'image/webp')?.url;

const toReviewMedia = (item: unknown): ReviewMedia | undefined => {
  const checked = checkMedia(item);
  if (!checked.ok) throw new Error(`${PATH}: ${checked.error.join(', ')}`);
  const media = checked.value;
  const { media_id: mediaId, purpose, kind, width, height, colour, placeholder } = media;
  const [url, thumbnailUrl] = [media.url ?? urlOf(media, 'large'), urlOf(media, 'thumb')];
  if (purpose !== 'review' || url === undefined || (kind !== 'picture' && kind !== 'video')) return undefined;
  return {
    mediaId,
    kind,
    url,
    ...(thumbnailUrl !== undefined && { thumbnailUrl }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(colour !== undefined && { colour }),
    ...(placeholder !== undefined && { placeholder }),
  };
};

export const httpMediaLibrary = (client: ServiceClient): MediaLibrary => ({
  find: async (mediaIds, userId) => {
    const { status, body } = await client({
      method: 'POST',
      path: PATH,
      scope: 'media:read',
      body: { owner_id: userId, media_ids: mediaIds },
    });
    const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : undefined;
    if (status !== 200 || !Array.isArray(items)) throw new Error(`${PATH} returned ${status}`);
    const found = items.map(toReviewMedia).filter((one) => one !== undefined);
    return found.length === mediaIds.length ? ok(found) : UNKNOWN;
  },
});
