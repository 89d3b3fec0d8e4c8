import { describe, expect, it } from 'vitest';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { mongoRecords } from '../adapters/mongo/records.mongo.ts';
import { repositoriesIn } from '../adapters/stores.ts';
import { saveReview } from '../core/application/tools.ts';
import { deleteReview, voteOn, type Review } from '../core/domain/review.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';
import { review as module } from '../main/module.ts';
import { aReview } from './review.mother.ts';
import { PRODUCT } from './review.rig.ts';
import { openReviews } from './stores.rig.ts';

const NOW = '2026-03-02T12:00:00.000Z';

describe('the rating of a product on MongoDB', () => {
  const service = forEachTest(async () => {
    const toolbox = await openToolbox('mongo', module);
    const { store } = toolbox;
    if (store.kind !== 'mongo') throw new Error('not MongoDB');
    /** As in a process that dies when it has saved the review. */
    const dying = mongoUnitOfWork(toolbox, store, (unit) =>
      repositoriesIn((kind) => mongoRecords(unit, kind)),
    );
    const { sweeps = [] } = await module.compose(toolbox);
    return { toolbox, dying, sweeps, ...openReviews(toolbox) };
  });
  const write = (unitOfWork: UnitOfWork<ReviewTx>, review: Review, before?: Review): Promise<void> =>
    unitOfWork.run((tx) => saveReview({ unitOfWork, toWire }, tx, 'review.updated', review, before));
  const published = async (): Promise<readonly unknown[]> =>
    (await service.toolbox.announced())
      .filter(({ event_type }) => event_type === 'review.rating_changed')
      .map(({ payload }) => payload);
  const settled = async (): Promise<void> => {
    for (const { name, sweep } of service.sweeps)
      if (name === 'ratings that lack a review') await sweep(new Date(NOW));
  };

  it('is counted for readers while it lacks a review, and follows once a sweep finds that', async () => {
    const [first, second] = [aReview(), aReview({ rating: 3 })];
    await write(service.unitOfWork, first);
    await write(service.dying, second);
    expect(await service.reviews.histogram(PRODUCT)).toEqual([0, 0, 1, 0, 1]);
    expect(await published()).toHaveLength(1);
    await settled();
    expect(await service.reviews.histogram(PRODUCT)).toEqual([0, 0, 1, 0, 1]);
    expect((await published()).at(-1)).toEqual({ product_id: PRODUCT, version: 2, average: 4, count: 2 });
    await write(service.dying, deleteReview(first, NOW), first);
    expect(await service.reviews.histogram(PRODUCT)).toEqual([0, 0, 1, 0, 0]);
  });

  it('lacks a review until it is counted, also if there are votes on the review meanwhile', async () => {
    const review = aReview();
    await write(service.dying, review);
    const voted = voteOn(review, { userId: systemIds.next(), isHelpful: true });
    if (!voted.ok) throw new Error(voted.error.detail);
    await service.dying.run((tx) => tx.reviews.save(voted.value));
    expect(await service.reviews.histogram(PRODUCT)).toEqual([0, 0, 0, 0, 1]);
    await settled();
    expect(await published()).toEqual([{ product_id: PRODUCT, version: 1, average: 5, count: 1 }]);
    expect(await service.reviews.find(review.id)).toEqual(voted.value);
  });

  it('equals the list for readers at any time', async () => {
    const { unitOfWork, reviews } = service;
    const written = Array.from({ length: 8 }, (_, at) => aReview({ rating: (at % 5) + 1 }));
    const count = () => unitOfWork.run((tx) => tx.reviews.count(PRODUCT));
    /** Changes of one direction: while two counts are equal, the list is the same. */
    const readDuring = async (changes: readonly Promise<void>[]): Promise<void> => {
      const progress = { isOver: false };
      const done = Promise.all(changes).finally(() => {
        progress.isOver = true;
      });
      while (!progress.isOver) {
        const [before, seen, after] = [await count(), await reviews.histogram(PRODUCT), await count()];
        if (JSON.stringify(before) === JSON.stringify(after)) expect(seen).toEqual(before);
      }
      await done;
    };
    await readDuring(written.map((review) => write(unitOfWork, review)));
    expect(await reviews.histogram(PRODUCT)).toEqual([2, 2, 2, 1, 1]);
    await readDuring(written.map((review) => write(unitOfWork, deleteReview(review, NOW), review)));
    expect(await reviews.histogram(PRODUCT)).toEqual([0, 0, 0, 0, 0]);
  });
});
