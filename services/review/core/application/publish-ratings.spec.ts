import { expect, it } from 'vitest';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { memoryRecords } from '../../adapters/memory/memory-records.ts';
import { repositoriesIn } from '../../adapters/stores.ts';
import { review as module } from '../../main/module.ts';
import { aReview } from '../../test/review.mother.ts';
import { makeRepairRatings } from './publish-ratings.ts';

it('a repair counts each product once, also those whose reviews are not in the first batch', async () => {
  const unitOfWork = memoryUnitOfWork(await openToolbox('memory', module), new MemoryDatabase(), (tx) =>
    repositoriesIn((kind) => memoryRecords(tx, kind)),
  );
  const reviews = [...Array.from({ length: 500 }, () => 'p-1'), 'p-2'].map((productId) =>
    aReview({ productId }),
  );
  const all = (after: string | undefined, limit: number) => {
    const start = reviews.findIndex(({ id }) => id === after) + 1;
    return Promise.resolve(reviews.slice(start, start + limit));
  };
  const counted: string[] = [];
  const repair = makeRepairRatings(unitOfWork, { all }, (_tx, productId) => {
    counted.push(productId);
    return Promise.resolve(productId === 'p-2');
  });
  expect(await repair()).toBe(1);
  expect(counted).toEqual(['p-1', 'p-2']);
});
