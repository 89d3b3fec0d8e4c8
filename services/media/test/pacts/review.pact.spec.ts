import { expect, it } from 'vitest';
import { memoryDocumentQueries } from '#adapters/memory/documents.ts';
import type { Holder } from '../../core/domain/holder.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { media } from '../../main/module.ts';

const REVIEW = '0190a000-0000-7000-8000-000000000001';
const USER = '0190a000-0000-7000-8000-000000000002';
const MEDIA = '0190a000-0000-7000-8000-000000000003';

/** Of a review that was not screened out; that decides whether everyone may see what it shows. */
const STATUS = {
  'review.created': 'approved',
  'review.updated': 'approved',
  'review.approved': 'approved',
  'review.rejected': 'rejected',
  'review.deleted': 'deleted',
} as const;

describeContract('media', 'review', (contract) => {
  it.each([
    'review.created',
    'review.updated',
    'review.approved',
    'review.rejected',
    'review.deleted',
  ] as const)('what a review shows after %s, to keep it', (type) =>
    contract.hears(
      type,
      {
        review_id: uuid(REVIEW),
        user_id: uuid(USER),
        version: integer(1),
        status: STATUS[type],
        // A review that is deleted no longer shows anything.
        media_ids: type === 'review.deleted' ? [] : eachLike(uuid(MEDIA)),
      },
      async (event) => {
        const { hear, database } = await openSubscriber(media);
        await hear(event);
        const holder = await memoryDocumentQueries<Holder>(database, 'holders').find(REVIEW);
        expect(holder?.mediaIds).toEqual(type === 'review.deleted' ? [] : [MEDIA]);
      },
    ),
  );
});
