import { expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import { review } from '../main/module.ts';
import { PRODUCT, reviewsForEachTest } from './review.rig.ts';

const { service, call, written, moderate, decide } = reviewsForEachTest();

it('Each decision and reply of moderators is in the audit trail, without names and texts.', async () => {
  const { body } = await written();
  const id = String(body.review_id);
  await moderate('PUT', `/api/v1/reviews/${id}/reply`, { text: 'Thank you, Ada.' });
  await moderate('DELETE', `/api/v1/reviews/${id}/reply`);
  await decide({ review_id: id, version: 3, decision: 'reject', reason: 'spam', note: 'Ada again' });
  const asked = await call(systemIds.next(), 'POST', `/api/v1/products/${PRODUCT}/questions`, {
    text: 'Is it?',
  });
  const question_id = String(asked.body.question_id);
  await moderate('POST', '/api/v1/moderation/question-decisions', { question_id, decision: 'reject' });
  const acts = await actsIn(service.toolbox);
  const at = expect.any(String);
  expect(acts).toEqual([
    {
      did: 'replyToReview: review',
      before: { revision: 1, version: 1 },
      after: { revision: 2, version: 2, repliedAt: at },
    },
    {
      did: 'removeReply: review',
      before: { revision: 2, version: 2, repliedAt: at },
      after: { revision: 3, version: 3 },
    },
    {
      did: 'decideReviews: review',
      before: { revision: 3, version: 3, status: 'approved' },
      after: { revision: 4, version: 4, status: 'rejected', rejection: { reason: 'spam', at } },
    },
    {
      did: 'decideQuestion: question',
      before: { revision: 1, status: 'approved' },
      after: { revision: 2, status: 'rejected' },
    },
  ]);
  expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(review));
  expect(JSON.stringify(acts)).not.toMatch(/Ada|Is it/);
});
