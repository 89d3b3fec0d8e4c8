import { expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import type { Body } from '../adapters/mongo/records.mongo.ts';
import type { Question } from '../core/domain/question.ts';
import { review as module } from '../main/module.ts';
import { aReview } from './review.mother.ts';
import { PRODUCT } from './review.rig.ts';
import { openReviews } from './stores.rig.ts';

const AT = '2026-03-01T12:00:00.000Z';

const aQuestion = (userId: string): Question => ({
  id: systemIds.next(),
  revision: 1,
  productId: PRODUCT,
  userId,
  author: 'Sam S.',
  text: 'Is it warm?',
  status: 'approved',
  reasons: [],
  answers: [],
  createdAt: AT,
});

it('questions and votes of an earlier release on MongoDB are found by whose they are', async () => {
  const toolbox = await openToolbox('mongo', module);
  if (toolbox.store.kind !== 'mongo') throw new Error('not MongoDB');
  const { database } = toolbox.store;
  const opened = openReviews(toolbox);
  const [asker, voter] = [systemIds.next(), systemIds.next()];
  const question = aQuestion(asker);
  const judged = aReview({
    votes: [{ userId: voter, isHelpful: true }],
    reports: [{ userId: voter, reason: 'spam', at: AT }],
  });
  await opened.unitOfWork.run((tx) => tx.questions.save(question));
  await opened.unitOfWork.run((tx) => tx.reviews.save(judged));
  // As the release before stored them.
  for (const [name, id] of [
    ['questions', question.id],
    ['reviews', judged.id],
  ] as const) {
    const documents = database.stored<Body>(name);
    const stored = await documents.get(id);
    if (!stored?.body) throw new Error('it was saved');
    const { form: _, fields, ...body } = stored.body;
    const { people: __, ...others } = fields;
    const former = { ...stored, revision: stored.revision + 1, body: { ...body, fields: others } };
    await documents.replace({ _id: id, revision: stored.revision }, former);
  }
  expect(await opened.questions.ofPerson(asker, 9)).toEqual([]);

  const { sweeps = [] } = await module.compose(toolbox);
  const refresh = async (): Promise<void> => {
    for (const { name, sweep } of sweeps) if (name.includes('earlier releases')) await sweep(new Date(AT));
  };
  await refresh();
  expect(await opened.questions.ofPerson(asker, 9)).toEqual([question]);
  expect(await opened.participations.ofUser(voter, 9)).toMatchObject([{ reviewId: judged.id }]);
  expect(await opened.reviews.find(judged.id)).toEqual(judged);
  const revisionOf = async (): Promise<number | undefined> =>
    (await database.stored<Body>('questions').get(question.id))?.revision;
  const revision = await revisionOf();
  await refresh();
  expect(await revisionOf()).toBe(revision);
});
