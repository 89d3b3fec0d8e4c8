import type { EventPayloads } from '#kernel/events.ts';
import { eventAbout } from '#test/kit/events.ts';
import { OWNER_ID } from './media.rig.ts';

type Status = EventPayloads['review.created']['status'];

/** A review of the owner at a version, and what it shows. */
export const reviewed = (
  version: number,
  status: Status,
  mediaIds: readonly unknown[],
  { reviewId = '0190a000-0000-7000-8000-0000000000a1', ownerId = OWNER_ID } = {},
) =>
  eventAbout(
    reviewId,
    'review.updated',
    {
      review_id: reviewId,
      user_id: ownerId,
      version,
      status,
      media_ids: mediaIds.map(String),
    },
    version,
  );

/** A product at a version, and the URLs of its pictures. */
export const sold = (
  version: number,
  images: readonly string[],
  productId = '0190a000-0000-7000-8000-0000000000b1',
) =>
  eventAbout(
    productId,
    'product.updated',
    { product_id: productId, version, variants: [{ images: [...images] }] },
    version,
  );

/** The page of a category at a version, and the URL of its picture. */
export const pictured = (version: number, url?: string, pageId = '0190a000-0000-7000-8000-0000000000c1') =>
  eventAbout(
    pageId,
    'page.picture_changed',
    { page_id: pageId, kind: 'category', version, ...(url !== undefined && { picture_url: url }) },
    version,
  );
