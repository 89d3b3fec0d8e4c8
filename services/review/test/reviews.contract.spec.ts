import { beforeEach, describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, ASCENDING, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, storesWith } from '#test/kit/toolbox.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { followOrders } from '../core/application/follow-orders.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeRememberAll, makeRememberParticipation } from '../core/application/take-part.ts';
import type { Purchase } from '../core/domain/purchase.ts';
import type { Awaited, Post, Question } from '../core/domain/question.ts';
import { deleteReview, HEAVY, NOBODY, type ListedReview, type Review } from '../core/domain/review.ts';
import type { Sort } from '../core/ports/review-queries.ts';
import { review as module } from '../main/module.ts';
import { aPurchase, aReview } from './review.mother.ts';
import { NOTHING, OTHER_PRODUCT, PRODUCT } from './review.rig.ts';
import { openReviews, type Opened } from './stores.rig.ts';

const listed = (review: Review): ListedReview => {
  const light = { ...review };
  for (const property of HEAVY) Reflect.deleteProperty(light, property);
  return light;
};

const minute = (minutes: number): string => new Date(Date.UTC(2026, 2, 1, 12, minutes)).toISOString();

describe.each(storesWith('mongo'))('reviews in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, module));
  let opened: Opened;
  beforeEach(() => {
    opened = openReviews(toolbox);
  });
  const save = async (...reviews: readonly Review[]): Promise<void> => {
    for (const review of reviews) await opened.unitOfWork.run((tx) => tx.reviews.save(review));
  };
  const buy = async (...purchases: readonly Purchase[]): Promise<void> => {
    for (const purchase of purchases) await opened.unitOfWork.run((tx) => tx.purchases.save(purchase));
  };
  const idsOf = (reviews: readonly ListedReview[]): readonly string[] => reviews.map(({ id }) => id);

  it('are kept as they were saved last, with texts of any kind', async () => {
    const text = '<b> $set: {"a.b": 1} \\u0000 ${x} — 漢字 👍🏽\r\n\t"\'';
    const vote = { userId: systemIds.next(), isHelpful: true };
    const report = { userId: systemIds.next(), reason: 'spam', at: minute(1) } as const;
    const review = aReview({ title: text, text, votes: [vote], reports: [report], sketch: [-7, 9] });
    await save(review);
    expect(await opened.reviews.find(review.id)).toEqual(review);
    const edited: Review = {
      ...review,
      revision: 2,
      version: 2,
      rejection: { reason: 'spam', note: text, at: minute(2) },
      history: [{ rating: 1, title: text, text, language: 'en', incentivised: true, until: minute(2) }],
      status: 'rejected',
    };
    await save(edited);
    expect(await opened.reviews.find(review.id)).toEqual(edited);
    expect(await opened.unitOfWork.run((tx) => tx.reviews.find(review.id))).toEqual(edited);
    expect(await opened.reviews.find(NOTHING)).toBeUndefined();
  });

  it('refuse a revision that is not the next one', async () => {
    const review = aReview();
    await save(review);
    await expect(save(review)).rejects.toThrow(VersionConflict);
    await expect(save({ ...review, revision: 3 })).rejects.toThrow(VersionConflict);
  });

  it('are one per shopper and product, until it is deleted', async () => {
    const review = aReview();
    const again = aReview({ userId: review.userId });
    await save(review);
    await expect(save(again)).rejects.toThrow(VersionConflict);
    await save(aReview({ userId: review.userId, productId: OTHER_PRODUCT }), aReview());
    const find = () => opened.unitOfWork.run((tx) => tx.reviews.ofAuthor(review.userId, review.productId));
    expect(await find()).toEqual(review);
    await save(deleteReview(review, minute(1)));
    expect(await find()).toBeUndefined();
    expect(await opened.reviews.find(review.id)).toBeUndefined();
    await save(again);
    expect(await find()).toEqual(again);
  });

  it.each<[Sort, readonly number[]]>([
    ['newest', [3, 2, 1, 0]],
    ['helpful', [1, 2, 3, 0]],
    ['highest', [2, 0, 3, 1]],
    ['lowest', [1, 3, 0, 2]],
  ])('are listed by %s, page by page', async (sort, order) => {
    const reviews = [
      aReview({ createdAt: minute(1), score: 0, rating: 4 }),
      aReview({ createdAt: minute(2), score: 900_000, rating: 1 }),
      aReview({ createdAt: minute(3), score: 800_000, rating: 5 }),
      aReview({ createdAt: minute(4), score: 10, rating: 2 }),
    ];
    await save(...reviews);
    await save(aReview({ productId: OTHER_PRODUCT }), aReview({ status: 'pending' }));
    await save(aReview({ status: 'rejected' }), aReview({ status: 'deleted' }));
    const page = await allPages((wish) => opened.reviews.page({ ...wish, productId: PRODUCT, sort }));
    expect(page).toEqual(order.map((at) => reviews[at] && listed(reviews[at])));
  });

  it.each<[Sort, readonly string[]]>([
    ['newest', DESCENDING],
    ['helpful', DESCENDING],
    ['highest', DESCENDING],
    ['lowest', ASCENDING],
  ])('of equal rank are ordered by ID: %s', async (sort, ties) => {
    for (const id of TIED) await save(aReview({ id }));
    await forgetIndexes(store, toolbox.store);
    await expectTiesInOrder(
      (wish) => opened.reviews.page({ ...wish, productId: PRODUCT, sort }),
      ({ id }) => id,
      ties,
    );
  });

  it('are filtered by their stars', async () => {
    const [five, one] = [aReview(), aReview({ rating: 1 })];
    await save(five, one);
    const page = await allPages((wish) =>
      opened.reviews.page({ ...wish, productId: PRODUCT, sort: 'newest', rating: 1 }),
    );
    expect(idsOf(page)).toEqual([one.id]);
  });

  it('refuse a cursor of another list', async () => {
    await save(aReview(), aReview());
    const first = await opened.reviews.page({ productId: PRODUCT, sort: 'newest', limit: 1 });
    const cursor = first.ok ? first.value.next : undefined;
    expect(cursor).toBeDefined();
    expect(
      await opened.reviews.page({ productId: PRODUCT, sort: 'highest', limit: 1, cursor }),
    ).toMatchObject({ ok: false, error: { code: 'INVALID_CURSOR' } });
  });

  it('of a shopper are listed newest first, without deleted ones', async () => {
    const userId = systemIds.next();
    const states = ['pending', 'approved', 'rejected', 'deleted'] as const;
    const reviews = states.map((status, at) =>
      aReview({ userId, status, createdAt: minute(at), productId: systemIds.next() }),
    );
    await save(...reviews, aReview());
    const own = await allPages((wish) => opened.reviews.ofUser({ ...wish, userId }));
    expect(own.map(({ status }) => status)).toEqual(['rejected', 'approved', 'pending']);
    const [rejected] = own;
    const ofProduct = await allPages((wish) =>
      opened.reviews.ofUser({ ...wish, userId, productId: rejected?.productId }),
    );
    expect(ofProduct).toEqual([rejected]);
    const newest = await opened.reviews.newestOf(userId, 3);
    expect(newest.map(({ status }) => status)).toEqual(['deleted', 'rejected', 'approved']);
  });

  it('wait for moderators in the order in which they were written, by status and reason', async () => {
    const reviews = [
      aReview({ status: 'pending', reasons: ['link', 'flood'], createdAt: minute(3) }),
      aReview({ status: 'approved', reasons: ['reported'], createdAt: minute(1) }),
      aReview({ status: 'pending', reasons: ['contact'], createdAt: minute(2) }),
      aReview({ status: 'rejected', createdAt: minute(4) }),
      aReview(),
    ];
    await save(...reviews);
    const queue = async (filter: object): Promise<readonly number[]> =>
      idsOf(await allPages((wish) => opened.reviews.queue({ ...wish, ...filter }))).map((id) =>
        reviews.findIndex((review) => review.id === id),
      );
    expect(await queue({})).toEqual([1, 2, 0]);
    expect(await queue({ reason: 'flood' })).toEqual([0]);
    expect(await queue({ status: 'pending' })).toEqual([2, 0]);
    expect(await queue({ status: 'rejected' })).toEqual([3]);
    expect(await queue({ status: 'approved', reason: 'reported' })).toEqual([1]);
    expect(await queue({ status: 'approved', reason: 'link' })).toEqual([]);
  });

  it('are counted by their stars while they are approved', async () => {
    await save(aReview({ rating: 1 }), aReview({ rating: 5 }), aReview({ rating: 5 }));
    await save(aReview({ rating: 3, status: 'pending' }), aReview({ productId: OTHER_PRODUCT }));
    const count = (productId: string) => opened.unitOfWork.run((tx) => tx.reviews.count(productId));
    expect(await count(PRODUCT)).toEqual([1, 0, 0, 0, 2]);
    expect(await count(NOTHING)).toEqual([0, 0, 0, 0, 0]);
  });

  it('that have a similar sketch are found, since a time', async () => {
    const sketch = Array.from({ length: 32 }, (_, at) => (at - 9) * 98_765_432);
    const alike = aReview({ sketch, createdAt: minute(2) });
    const similar = aReview({ sketch: sketch.with(7, 1).with(20, 2), createdAt: minute(1) });
    const other = aReview({ sketch: sketch.map((value) => value + 1), createdAt: minute(2) });
    await save(alike, similar, other, aReview({ sketch, createdAt: minute(0) }), aReview());
    const found = async (since: number, limit = 10): Promise<readonly string[]> =>
      idsOf(await opened.reviews.similar(sketch, minute(since), limit)).toSorted();
    expect(await found(1)).toEqual([alike.id, similar.id].toSorted());
    expect(await found(2)).toEqual([alike.id]);
    expect(await found(0, 1)).toContain(alike.id);
    expect(await opened.reviews.similar([], minute(0), 10)).toEqual([]);
  });

  it('can be read in parts', async () => {
    const reviews = [aReview(), aReview({ status: 'deleted' }), aReview({ status: 'pending' })];
    await save(...reviews);
    const first = await opened.reviews.all(undefined, 2);
    const rest = await opened.reviews.all(first.at(-1)?.id, 2);
    expect(idsOf([...first, ...rest])).toEqual(reviews.map(({ id }) => id).sort());
  });

  it('know the orders that entitle to them', async () => {
    const userId = systemIds.next();
    const delivered = aPurchase({ userId });
    const others = [
      aPurchase({ userId, productIds: [NOTHING], isDelivered: false }),
      aPurchase({ userId, productIds: [NOTHING], refundedMinor: 2_000 }),
      aPurchase({ productIds: [NOTHING] }),
    ];
    await buy(delivered, ...others);
    expect(await opened.purchases.entitling(userId, OTHER_PRODUCT)).toEqual(delivered);
    expect(await opened.purchases.entitling(userId, NOTHING)).toBeUndefined();
    const found = await opened.purchases.findAll([delivered.id, delivered.id, NOTHING]);
    expect(found).toEqual(new Map([[delivered.id, delivered]]));
    await buy({ ...delivered, revision: 2, refundedMinor: 2_000 });
    expect(await opened.purchases.entitling(userId, OTHER_PRODUCT)).toBeUndefined();
  });

  it('are apart from questions, which are listed newest first, and wait for a moderator or an answer', async () => {
    const posted = (minutes: number, changes: Partial<Question> = {}): Question => ({
      id: systemIds.next(),
      revision: 1,
      productId: PRODUCT,
      userId: systemIds.next(),
      author: 'Sam S.',
      text: 'Is it warm?',
      status: 'approved',
      reasons: [],
      answers: [],
      createdAt: minute(minutes),
      ...changes,
    });
    const answer = { ...posted(9), isStaff: false, status: 'pending' } as const;
    const [old, young, hidden] = [
      posted(1, { answers: [answer] }),
      posted(2),
      posted(0, { status: 'pending', reasons: ['link'] }),
    ];
    const elsewhere = posted(3, { productId: OTHER_PRODUCT });
    for (const question of [elsewhere, old, young, hidden])
      await opened.unitOfWork.run((tx) => tx.questions.save(question));
    const page = await allPages((wish) => opened.questions.page({ ...wish, productId: PRODUCT }), 1);
    expect(page).toEqual([young, old]);
    const waiting = (awaited: Awaited) =>
      allPages((wish) => opened.questions.waiting({ ...wish, awaited }), 1);
    expect(await waiting('moderator')).toEqual([hidden, old]);
    expect(await waiting('answer')).toEqual([young, elsewhere]);
    expect(await opened.unitOfWork.run((tx) => tx.questions.find(old.id))).toEqual(old);
  });

  it('have a rating per product, which is kept beside them', async () => {
    const rating = { id: PRODUCT, revision: 1, histogram: [0, 0, 0, 1, 2] } as const;
    await opened.unitOfWork.run((tx) => tx.ratings.save(rating));
    expect(await opened.unitOfWork.run((tx) => tx.ratings.find(PRODUCT))).toEqual(rating);
    expect(await opened.reviews.histogram(PRODUCT)).toEqual([0, 0, 0, 1, 2]);
    expect(await opened.reviews.histogram(OTHER_PRODUCT)).toEqual([0, 0, 0, 0, 0]);
    const again = opened.unitOfWork.run((tx) => tx.ratings.save(rating));
    await expect(again).rejects.toThrow(VersionConflict);
  });

  it('no longer name a person who was erased, but keep what others rely on', async () => {
    const { userId } = aPurchase();
    const written = Array.from({ length: 51 }, () => aReview({ userId, productId: systemIds.next() }));
    await save(...written, aReview());
    const purchase = aPurchase({ userId });
    await buy(purchase);
    const by = (author: string, of: string): Post => ({
      id: systemIds.next(),
      userId: of,
      author,
      text: 'Is it warm?',
      status: 'approved',
      reasons: [],
      createdAt: minute(1),
    });
    const question: Question = {
      ...by('Eve E.', systemIds.next()),
      revision: 1,
      productId: PRODUCT,
      answers: [{ ...by('Sam S.', userId), isStaff: false }],
    };
    await opened.unitOfWork.run((tx) => tx.questions.save(question));

    const [voter, other] = [systemIds.next(), systemIds.next()];
    const judged = aReview({
      votes: [userId, voter, other].map((one) => ({ userId: one, isHelpful: one !== other })),
      reports: [{ userId, reason: 'spam', at: minute(1) }],
      helpful: 2,
      score: 9,
    });
    await save(judged);
    const remember = makeRememberParticipation(opened, systemIds);
    await makeRememberAll(remember)(judged);
    await remember(userId, judged.id);

    const data = makePersonalData({ ...opened, clock: toolbox.clock, toWire }, opened);
    const first = await data.read({ userId }, undefined);
    expect(first.items.slice(51)).toMatchObject([
      { kind: 'answer', data: { text: 'Is it warm?' } },
      { kind: 'vote', data: { reviewId: judged.id, isHelpful: true } },
      { kind: 'report', data: { reviewId: judged.id, reason: 'spam' } },
    ]);
    expect(await data.erase({ userId })).toMatchObject({ isDone: false });
    expect(await data.erase({ userId })).toMatchObject({ isDone: true, kept: [] });
    expect(await data.read({ userId }, undefined)).toEqual({ items: [] });
    const [some] = written;
    expect(await opened.reviews.find(some?.id ?? '')).toMatchObject({
      author: 'A former customer',
      status: 'approved',
      rating: 5,
      title: 'Warm',
    });
    expect(await opened.questions.page({ productId: PRODUCT, limit: 9 })).toMatchObject({
      value: { items: [{ author: 'Eve E.', answers: [{ author: 'A former customer' }] }] },
    });
    expect(await opened.purchases.entitling(userId, PRODUCT)).toBeUndefined();
    const fact = { orderId: purchase.id, userId, isDelivered: true } as const;
    await opened.unitOfWork.run((tx) => followOrders(tx, [fact]));
    expect(await opened.purchases.ofUser(userId, 9)).toEqual([]);

    const after = await opened.reviews.find(judged.id);
    expect(after).toEqual({
      ...judged,
      revision: 2,
      votes: [
        { userId: NOBODY, isHelpful: true },
        { userId: voter, isHelpful: true },
        { userId: other, isHelpful: false },
      ],
      reports: [{ userId: NOBODY, reason: 'spam', at: minute(1) }],
    });
    expect(await opened.participations.ofUser(userId, 9)).toEqual([]);
    expect(await opened.participations.ofUser(voter, 9)).toMatchObject([{ reviewId: judged.id }]);
  });
});
