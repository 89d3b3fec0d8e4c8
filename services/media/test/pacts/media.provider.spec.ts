import { describe } from 'vitest';
import { announcing, keepsItsContracts } from '#test/kit/pact/provider.ts';
import { picture } from '../media.mother.ts';
import { mediaForEachTest, OWNER_ID } from '../media.rig.ts';

describe('the media service', () => {
  const media = mediaForEachTest();
  const uploaded = async (purpose: string) => {
    const token = await media.as(OWNER_ID);
    const { body } = await media.upload(await picture(), { purpose, token });
    return { owner_id: OWNER_ID, media_id: String(body.media_id) };
  };
  keepsItsContracts('media', () => ({
    service: media,
    states: {
      'a user has uploaded an avatar': () => uploaded('avatar'),
      'nothing is known about a person': async () => undefined,
      'a user has uploaded a picture': () => uploaded('review'),
    },
    events: announcing(media.toolbox.audited, {
      'staff.acted': async () => media.upload(await picture(), { purpose: 'product' }),
    }),
  }));
});
