import { expect, it } from 'vitest';
import { memoryDocumentQueries } from '#adapters/memory/documents.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { integer, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import type { Holder } from '../../core/domain/holder.ts';
import { media } from '../../main/module.ts';

const USER = '0190a000-0000-7000-8000-000000000002';
const MEDIA = '0190a000-0000-7000-8000-000000000003';

describeContract('media', 'user', (contract) => {
  it('which avatar a user has, to keep it', () =>
    contract.hears(
      'user.profile.updated',
      { user_id: uuid(USER), version: integer(2), avatar_media_id: uuid(MEDIA) },
      async (event) => {
        const { hear, database } = await openSubscriber(media);
        await hear(event);
        const holder = await memoryDocumentQueries<Holder>(database, 'holders').find(USER);
        expect(holder?.mediaIds).toEqual([MEDIA]);
      },
    ));
});
