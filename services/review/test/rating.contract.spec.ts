import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox, storesWith, type AnyStoreName } from '#test/kit/toolbox.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { saveReview } from '../core/application/tools.ts';
import type { ReviewEvent } from '../core/domain/events.ts';
import {
  deleteReview,
  editReview,
  judgeReview,
  replyToReview,
  withoutAuthor,
  type Review,
} from '../core/domain/review.ts';
import { histogramOf, type Histogram } from '../core/domain/rating.ts';
import { review as module } from '../main/module.ts';
import { aReview } from './review.mother.ts';
import { delivered, OTHER_PRODUCT, placed, PRODUCT, refunded, settled } from './review.rig.ts';
import { openReviews } from './stores.rig.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const SAID = { title: 'Warm', text: 'I wear it.', language: 'en', incentivised: false };
const RUNS: Readonly<Record<AnyStoreName, number>> = {
  memory: 60,
  pglite: 8,
  postgres: 8,
  mongo: 4,
  redis: 0,
};

/** The consumers of the service and what it has stored, on a store of their own. */
const openService = async (store: AnyStoreName) => {
  const toolbox = await openToolbox(store, module);
  const { consumers = [], sweeps = [] } = await module.compose(toolbox);
  const hear = async (...batch: readonly EventEnvelope[]): Promise<void> => {
    for (const { topics, handle } of consumers) {
      const taken = batch.filter(({ event_type }) => topics.includes(event_type));
      if (taken.length > 0) await handle(taken);
    }
  };
  return { toolbox, hear, sweeps, ...openReviews(toolbox) };
};

describe.each(storesWith('mongo'))('the rating of a product in %s', (store) => {
  const service = forEachTest(() => openService(store));
  const published = async (): Promise<readonly unknown[]> =>
    (await service.toolbox.announced())
      .filter(({ event_type }) => event_type === 'review.rating_changed')
      .map(({ payload }) => payload);

  it('equals its approved reviews after any changes of them, and so does what was published last', async () => {
    const steps = fc.array(
      fc.record({
        at: fc.nat({ max: 5 }),
        rating: fc.integer({ min: 1, max: 5 }),
        step: fc.constantFrom('write', 'wait', 'edit', 'approve', 'reject', 'delete', 'reply', 'erase'),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const { unitOfWork, reviews, toolbox } = await openService(store);
        const recount = (): Promise<Histogram> => unitOfWork.run((tx) => tx.reviews.count(PRODUCT));
        const current = new Map<number, Review>();
        for (const { at, rating, step } of history) {
          const before = current.get(at);
          const after = changed(before, step, rating);
          if (!after || after === before) continue;
          await unitOfWork.run((tx) =>
            saveReview({ unitOfWork, toWire }, tx, FACTS[step] ?? 'review.updated', after, before),
          );
          if (after.status === 'deleted') current.delete(at);
          else current.set(at, after);
          expect(await reviews.histogram(PRODUCT)).toEqual(await recount());
        }
        const approved = [...current.values()].filter(({ status }) => status === 'approved');
        const stars = Map.groupBy(approved, ({ rating }) => rating);
        const expected = histogramOf(new Map([...stars].map(([star, all]) => [star, all.length])));
        expect(await reviews.histogram(PRODUCT)).toEqual(expected);
        expect(await recount()).toEqual(expected);
        const page = await reviews.page({ productId: PRODUCT, sort: 'newest', limit: 100 });
        expect(page.ok && page.value.items.length).toBe(approved.length);
        const last = (await toolbox.announced()).findLast(
          ({ event_type }) => event_type === 'review.rating_changed',
        );
        expect(last?.payload ?? { count: 0 }).toMatchObject({ count: approved.length });
      }),
      { numRuns: RUNS[store], seed: 5 },
    );
  });

  it('is published with each change of it', async () => {
    const { unitOfWork } = service;
    for (const review of [aReview(), aReview({ rating: 4 }), aReview({ productId: OTHER_PRODUCT })])
      await unitOfWork.run((tx) => saveReview({ unitOfWork, toWire }, tx, 'review.created', review));
    expect(await published()).toEqual([
      { product_id: PRODUCT, version: 1, average: 5, count: 1 },
      { product_id: PRODUCT, version: 2, average: 4.5, count: 2 },
      { product_id: OTHER_PRODUCT, version: 1, average: 5, count: 1 },
    ]);
  });

  it('counts each of 20 reviews written at once', async () => {
    const { unitOfWork } = service;
    const write = (review: Review): Promise<void> =>
      unitOfWork.run((tx) => saveReview({ unitOfWork, toWire }, tx, 'review.created', review));
    await Promise.all(Array.from({ length: 20 }, () => write(aReview())));
    expect(await service.reviews.histogram(PRODUCT)).toEqual([0, 0, 0, 0, 20]);
  });

  it('is repaired and published where it differs from the reviews', async () => {
    const { unitOfWork } = service;
    const write = (review: Review): Promise<void> =>
      unitOfWork.run((tx) => saveReview({ unitOfWork, toWire }, tx, 'review.created', review));
    const damage = (): Promise<void> =>
      unitOfWork.run(async ({ ratings }) => {
        const rating = await ratings.find(PRODUCT);
        if (!rating) throw new Error('there is no rating');
        await ratings.save({ ...rating, revision: rating.revision + 1, histogram: [9, 0, 0, 0, 0] });
      });
    await write(aReview());
    await write(aReview({ productId: OTHER_PRODUCT, status: 'pending', reasons: ['link'] }));
    expect(await service.repair()).toBe(0);
    await damage();
    expect(await service.repair()).toBe(1);
    expect((await published()).at(-1)).toEqual({ product_id: PRODUCT, version: 3, average: 5, count: 1 });
    await damage();
    for (const { sweep } of service.sweeps) await sweep(new Date(NOW));
    expect((await published()).at(-1)).toEqual({ product_id: PRODUCT, version: 5, average: 5, count: 1 });
  });
});

const FACTS: Readonly<Record<string, ReviewEvent>> = {
  write: 'review.created',
  wait: 'review.created',
  approve: 'review.approved',
  reject: 'review.rejected',
  delete: 'review.deleted',
};

/** The review after a step that its state allows; undefined if there is nothing to change. */
const changed = (before: Review | undefined, step: string, rating: number): Review | undefined => {
  if (!before)
    return step === 'write'
      ? aReview({ rating })
      : step === 'wait'
        ? aReview({ rating, status: 'pending', reasons: ['link'] })
        : undefined;
  switch (step) {
    case 'edit': {
      const edited = editReview(before, { ...SAID, rating }, { reasons: [], sketch: [] }, NOW);
      return edited.ok ? edited.value : before;
    }
    case 'approve':
      return judgeReview(before, { decision: 'approve' }, NOW);
    case 'reject':
      return judgeReview(before, { decision: 'reject', reason: 'spam' }, NOW);
    case 'delete':
      return deleteReview(before, NOW);
    case 'erase':
      return withoutAuthor(before, NOW);
    case 'reply':
      return replyToReview(before, 'Thank you.', NOW);
    default:
      return before;
  }
};

describe.each(storesWith('mongo'))('purchases in %s', (store) => {
  it('end the same after any order of events, in any batches, with any repetition', async () => {
    const user = systemIds.next();
    // The newest order is the one that entitles.
    const [one = '', two = '', three = ''] = Array.from({ length: 3 }, () => systemIds.next()).toSorted();
    const events = [
      placed(user, one, PRODUCT, OTHER_PRODUCT),
      delivered(user, one),
      refunded(user, one, 5),
      refunded(user, one, 20),
      placed(user, two, PRODUCT),
      delivered(user, two),
      refunded(user, two, 5),
      placed(user, three, PRODUCT, OTHER_PRODUCT),
      delivered(user, three),
      settled(user, three, 5, [OTHER_PRODUCT]),
    ];
    const outcomeOf = async (batches: readonly (readonly EventEnvelope[])[]) => {
      const { hear, purchases } = await openService(store);
      for (const batch of batches) await hear(...batch);
      const found = await purchases.findAll([one, two, three]);
      return {
        found: [...found.values()].map((purchase) => ({ ...purchase, revision: 0 })),
        entitling: (await purchases.entitling(user, PRODUCT))?.id,
        other: await purchases.entitling(user, OTHER_PRODUCT),
      };
    };
    const expected = await outcomeOf([events]);
    expect(expected).toMatchObject({ entitling: three, other: undefined });
    const orders = fc
      .tuple(
        fc.shuffledSubarray([...events, ...events], { minLength: 0 }),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.integer({ min: 1, max: 5 }),
      )
      .map(([some, all, size]) => {
        const mixed = [...some, ...all];
        return Array.from({ length: Math.ceil(mixed.length / size) }, (_, at) =>
          mixed.slice(at * size, (at + 1) * size),
        );
      });
    await fc.assert(
      fc.asyncProperty(orders, async (batches) => {
        expect(await outcomeOf(batches)).toEqual(expected);
      }),
      { numRuns: RUNS[store], seed: 6 },
    );
  });
});
