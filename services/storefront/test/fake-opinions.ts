import { ok, type Result } from '#kernel/result.ts';
import type { Opinions, OwnReview, PostState, Question } from '../core/ports/opinions.ts';
import type { Refused } from '../core/ports/shop.ts';
import { LAMP, MEDIA, refusal, type Note } from './sample.ts';

type Said = Result<PostState, Refused>;

export const OWN_REVIEW: OwnReview = {
  ...{ reviewId: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f91', version: 2, productId: LAMP },
  ...{ stars: 4, title: 'Bright', text: 'It is bright.', mediaIds: [MEDIA], state: 'pending' },
  at: new Date('2026-03-01T12:00:00Z'),
};

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
    ownReviews: () => Promise.resolve({ items: [OWN_REVIEW], next: undefined }),
    ownReview: (_userId, productId) => Promise.resolve(productId === LAMP ? OWN_REVIEW : undefined),
    writeReview: note<Parameters<Opinions['writeReview']>, Said>('writeReview', (productId) =>
      productId === LAMP ? ok('approved') : refusal('NOT_PURCHASED'),
    ),
    changeReview: note<Parameters<Opinions['changeReview']>, Said>('changeReview', () => ok('pending')),
    deleteReview: note('deleteReview', () => ok(undefined)),
    uploadPicture: async (file) => {
      for await (const _ of file) continue;
      return ok(MEDIA);
    },
    thumbnail: (mediaId) => Promise.resolve(mediaId === MEDIA ? '/thumb.webp' : undefined),
  };
};
