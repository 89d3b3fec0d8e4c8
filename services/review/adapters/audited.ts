import { auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Question } from '../core/domain/question.ts';
import type { Review } from '../core/domain/review.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';

/** What the audit trail shows of reviews and questions: what was decided, without names and texts. */
export const audited: Audited<Omit<ReviewTx, keyof BaseTx>> = {
  service: 'review',
  repositories: {
    reviews: auditedRecords<Review>({
      kind: 'review',
      idOf: ({ id }) => id,
      versionOf: ({ revision }) => revision,
      show: ({ revision, version, productId, status, rating, reasons, rejection, reply }) => ({
        revision,
        version,
        productId,
        status,
        rating,
        reasons,
        rejection: rejection && { reason: rejection.reason, at: rejection.at },
        repliedAt: reply?.at,
      }),
    }),
    questions: auditedRecords<Question>({
      kind: 'question',
      idOf: ({ id }) => id,
      versionOf: ({ revision }) => revision,
      show: ({ revision, productId, status, reasons, answers }) => ({
        revision,
        productId,
        status,
        reasons,
        answers: answers.map((answer) => ({ id: answer.id, status: answer.status })),
      }),
    }),
  },
};
