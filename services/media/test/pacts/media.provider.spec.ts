import { describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { picture } from '../media.mother.ts';
import { mediaForEachTest, OWNER_ID } from '../media.rig.ts';

describe('the media service', () => {
  const media = mediaForEachTest();
  keepsItsContracts('media', () => ({
    service: media,
    states: {
      'nothing is known about a person': async () => undefined,
      'a user has uploaded a picture': async () => {
        const { body } = await media.upload(await picture(), { token: await media.as(OWNER_ID) });
        return { owner_id: OWNER_ID, media_id: String(body.media_id) };
      },
    },
    events: announcing(media.toolbox.audited, {
      'staff.acted': async () => media.upload(await picture(), { purpose: 'product' }),
    }),
  }));
});
