import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import type { Avatars } from '../../core/ports/avatars.ts';

const PATH = '/internal/v1/media-descriptions';

/** Media that is ready and of this owner. */
const DESCRIPTIONS = z.object({ items: z.array(z.object({ media_id: z.string(), purpose: z.string() })) });

/** Asks the media service. */
export const httpAvatars = (client: ServiceClient): Avatars => ({
  isOwn: async (mediaId, userId) => {
    const { status, body } = await client({
      method: 'POST',
      path: PATH,
      scope: 'media:read',
      body: { owner_id: userId, media_ids: [mediaId] },
    });
    if (status !== 200) throw new Error(`${PATH} returned ${status}`);
    const { items } = DESCRIPTIONS.parse(body);
    return items.some(({ media_id, purpose }) => media_id === mediaId && purpose === 'avatar');
  },
});
