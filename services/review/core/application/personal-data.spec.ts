import { describe, expect, it } from 'vitest';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { ok, refuse } from '#kernel/result.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { memoryRecords } from '../../adapters/memory/memory-records.ts';
import { toWire } from '../../adapters/messaging/integration-events.ts';
import { repositoriesIn } from '../../adapters/stores.ts';
import { review as module } from '../../main/module.ts';
import { aPurchase, aReview } from '../../test/review.mother.ts';
import { PRODUCT } from '../../test/review.rig.ts';
import { ask, post } from '../domain/question.ts';
import { NOBODY } from '../domain/review.ts';
import { makePersonalData, type PersonalQueries } from './personal-data.ts';

const [USER, OTHER] = ['01900000-0000-7000-8000-0000000000e1', '01900000-0000-7000-8000-0000000000e2'];
const [QUESTION, PARTICIPATION] = [
  '01900000-0000-7000-8000-0000000000f1',
  '01900000-0000-7000-8000-0000000000f2',
];

const NOTHING: PersonalQueries = {
  reviews: {
    find: () => Promise.resolve(undefined),
    ofUser: () => Promise.resolve(ok({ items: [] })),
    newestOf: () => Promise.resolve([]),
  },
  questions: { ofPerson: () => Promise.resolve([]) },
  purchases: { ofUser: () => Promise.resolve([]) },
  participations: { ofUser: () => Promise.resolve([]) },
};

const open = async (queries: PersonalQueries) => {
  const toolbox = await openToolbox('memory', module);
  const unitOfWork = memoryUnitOfWork(toolbox, new MemoryDatabase(), (tx) =>
    repositoriesIn((kind) => memoryRecords(tx, kind)),
  );
  return { unitOfWork, data: makePersonalData({ unitOfWork, clock: toolbox.clock, toWire }, queries) };
};

const participation = (reviewId: string) => ({ id: PARTICIPATION, revision: 1, userId: USER, reviewId });

const aQuestion = (userId: string) =>
  ask(
    PRODUCT,
    post({
      id: QUESTION,
      userId,
      author: 'S.',
      text: 'Warm?',
      reasons: [],
      createdAt: '2026-03-01T12:00:00.000Z',
    }),
  );

describe('an erasure that another one overtakes', () => {
  it('changes nothing again', async () => {
    const [listed, voted] = [aReview({ userId: USER }), aReview()];
    const { unitOfWork, data } = await open({
      ...NOTHING,
      reviews: { ...NOTHING.reviews, newestOf: () => Promise.resolve([listed]) },
      questions: { ofPerson: () => Promise.resolve([aQuestion(USER)]) },
      participations: { ofUser: () => Promise.resolve([participation(voted.id)]) },
    });
    await unitOfWork.run(async ({ reviews, questions }) => {
      await reviews.save({ ...listed, userId: NOBODY });
      await reviews.save(voted);
      await questions.save(aQuestion(OTHER));
    });
    expect(await data.erase({ userId: USER })).toMatchObject({ isDone: true });
    await unitOfWork.run(async ({ reviews, questions }) => {
      expect(await reviews.find(listed.id)).toMatchObject({ userId: NOBODY, revision: 1 });
      expect(await reviews.find(voted.id)).toMatchObject({ revision: 1 });
      expect(await questions.find(QUESTION)).toEqual(aQuestion(OTHER));
    });
  });

  it('passes over what is gone', async () => {
    const [bought, { id: reviewId }] = [aPurchase({ userId: USER }), aReview()];
    const { unitOfWork, data } = await open({
      ...NOTHING,
      purchases: { ofUser: () => Promise.resolve([bought]) },
      participations: { ofUser: () => Promise.resolve([participation(reviewId)]) },
    });
    expect(await data.erase({ userId: USER })).toMatchObject({ isDone: true });
    await unitOfWork.run(async ({ purchases, participations }) => {
      expect(await purchases.find(bought.id)).toBeUndefined();
      expect(await participations.find(PARTICIPATION)).toBeUndefined();
    });
  });
});

describe('an export', () => {
  it('has questions on the first page alone', async () => {
    const reviews = {
      ...NOTHING.reviews,
      ofUser: () => Promise.resolve(ok({ items: [aReview()], next: 'more' })),
    };
    const { data } = await open({
      ...NOTHING,
      reviews,
      questions: { ofPerson: () => Promise.resolve([aQuestion(USER)]) },
    });
    const kindsAt = async (cursor?: string) =>
      (await data.read({ userId: USER }, cursor)).items.map(({ kind }) => kind);
    expect([await kindsAt(), await kindsAt('more')]).toEqual([['review', 'question'], ['review']]);
  });

  it('fails for a cursor that no page has given out', async () => {
    const ofUser = () => Promise.resolve(refuse('INVALID_CURSOR', 'The cursor is invalid.'));
    const { data } = await open({ ...NOTHING, reviews: { ...NOTHING.reviews, ofUser } });
    await expect(data.read({ userId: USER }, 'made up')).rejects.toThrow('The cursor is invalid.');
  });
});
