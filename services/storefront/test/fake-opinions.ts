import { ok, type Result } from '#kernel/result.ts';
import type { Opinions, PostState, Question } from '../core/ports/opinions.ts';
import type { Refused } from '../core/ports/shop.ts';
import { LAMP, refusal, type Note } from './sample.ts';

type Said = Result<PostState, Refused>;

/** Sam has bought the lamp, and reviewed it. */
export const fakeOpinions = (note: Note): Opinions => {
  const questions: Question[] = [];
  return {
    questions: () => Promise.resolve(questions),
    ask: note<Parameters<Opinions['ask']>, Said>('ask', (_productId, text) => {
      const errors = [{ pointer: '/body/text', message: 'is too short' }];
      if (text === '') return refusal('VALIDATION_FAILED', { errors });
      questions.unshift({ text, author: 'Sam S.', at: new Date('2026-03-01T12:00:00Z'), answers: [] });
      return ok('approved');
    }),
    ownReviews: () => {
      const review = { stars: 4, title: 'Bright', text: 'It is bright.', state: 'pending' } as const;
      const items = [{ ...review, productId: LAMP, at: new Date('2026-03-01T12:00:00Z') }];
      return Promise.resolve({ items, next: undefined });
    },
    writeReview: note<Parameters<Opinions['writeReview']>, Said>('writeReview', (productId) =>
      productId === LAMP ? ok('approved') : refusal('NOT_PURCHASED'),
    ),
  };
};
