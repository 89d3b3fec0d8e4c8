import { describe, expect, expectTypeOf, it } from 'vitest';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { memoryRecords } from '../../adapters/memory/memory-records.ts';
import { toWire } from '../../adapters/messaging/integration-events.ts';
import { repositoriesIn } from '../../adapters/stores.ts';
import { review as module } from '../../main/module.ts';
import { aPurchase } from '../../test/review.mother.ts';
import { PRODUCT } from '../../test/review.rig.ts';
import type { Submission } from '../domain/screening.ts';
import { makeCreateReview, makeEditReview } from './write-reviews.ts';

describe('the rating of a review', () => {
  it('is not an input of the screen, neither by type nor in fact', async () => {
    expectTypeOf<keyof Submission>().toEqualTypeOf<
      'reviewId' | 'authorId' | 'productId' | 'title' | 'text'
    >();
    const toolbox = await openToolbox('memory', module);
    const unitOfWork = memoryUnitOfWork(toolbox, new MemoryDatabase(), (tx) =>
      repositoriesIn((kind) => memoryRecords(tx, kind)),
    );
    const seen: (readonly string[])[] = [];
    const screen = {
      screen: (submission: Submission) => {
        seen.push(Object.keys(submission).toSorted());
        return Promise.resolve({ reasons: [], sketch: [] });
      },
    };
    const tools = { unitOfWork, clock: toolbox.clock, toWire };
    const purchase = aPurchase();
    const purchases = { entitling: () => Promise.resolve(purchase) };
    const opinion = { rating: 1, title: 'A', text: 'B', language: 'en', incentivised: true };
    const { userId } = purchase;
    const library = { find: () => Promise.reject(new Error('nothing is shown')) };
    const create = makeCreateReview(tools, toolbox.ids, purchases, screen, library);
    const created = await create({ productId: PRODUCT, userId, name: 'Sam Shopper', opinion, mediaIds: [] });
    if (!created.ok) throw new Error(created.error.code);
    const edit = makeEditReview(tools, { find: () => Promise.resolve(created.value) }, screen, library);
    expect(await edit({ reviewId: created.value.id, userId }, opinion, [])).toMatchObject({ ok: true });
    expect(seen).toEqual([
      ['authorId', 'productId', 'text', 'title'],
      ['authorId', 'reviewId', 'text', 'title'],
    ]);
  });
});
