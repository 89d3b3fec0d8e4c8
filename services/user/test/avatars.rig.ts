import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import { systemIds } from '#adapters/system/ids.ts';

export const AVATAR = systemIds.next();
/** A picture for a review. */
export const OTHER_PICTURE = systemIds.next();

const Asked = z.object({ owner_id: z.string(), media_ids: z.array(z.string()) });
const PURPOSES: Readonly<Record<string, string>> = { [AVATAR]: 'avatar', [OTHER_PICTURE]: 'review' };

/** The media service: `ownerOf` says who has uploaded the pictures. */
export const mediaWith =
  (ownerOf: () => string): ServiceClient =>
  ({ body }) => {
    const { owner_id, media_ids } = Asked.parse(body);
    const items = media_ids
      .filter((id) => id in PURPOSES && owner_id === ownerOf())
      .map((media_id) => ({ media_id, purpose: PURPOSES[media_id] }));
    return Promise.resolve({ status: 200, body: { items } });
  };
