import { describe, expect, it } from 'vitest';
import { ok } from '#kernel/result.ts';
import { LAMP, MEDIA, ORDER, OWN_REVIEW, refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, guest, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeReviewPages, type WrittenReview } from './reviews.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { reviews: makeReviewPages(pages), ...noted };
};

const REVIEW: WrittenReview = {
  ...{ stars: 4, title: 'Bright', text: 'It is bright.' },
  ...{ version: undefined, kept: [], pictures: [] },
};
const reviewedNothing = { ownReview: () => Promise.resolve(undefined) };

const toList = (notice: string) => ({ kind: 'see', to: `/account/reviews?notice=${notice}` });

describe('a new review', () => {
  it('is of a product that exists', async () => {
    const { reviews } = opened(reviewedNothing);
    const page = pageOf(await reviews.showForm(signedIn, customer, LAMP), 'review-form');
    expect(page).toMatchObject({
      product: { href: `/products/${LAMP}/desk-lamp`, text: 'Desk lamp' },
      deleteAction: undefined,
      entered: {},
    });
    expect(await reviews.showForm(signedIn, customer, ORDER)).toBeUndefined();
  });

  it.each([
    ['approved', 'PUBLISHED'],
    ['pending', 'WAITS'],
  ] as const)('that is %s leads to the notice %s', async (state, notice) => {
    const { reviews } = opened({ writeReview: () => Promise.resolve(ok(state)) });
    expect(await reviews.write(signedIn, customer, LAMP, REVIEW)).toEqual(toList(notice));
  });

  it('needs stars', async () => {
    const { reviews, commands } = opened();
    const outcome = await reviews.write(signedIn, customer, LAMP, { ...REVIEW, stars: undefined });
    expect(pageOf(outcome, 'review-form')).toMatchObject({
      entered: { title: 'Bright', text: 'It is bright.' },
      faults: [{ field: 'stars', message: 'NO_STARS' }],
    });
    expect(commands).toEqual([]);
  });

  it('of a product that was not bought is shown again with the reason', async () => {
    const { reviews } = opened({ writeReview: () => Promise.resolve(refusal('NOT_PURCHASED')) });
    expect(pageOf(await reviews.write(signedIn, customer, LAMP, REVIEW), 'review-form')).toMatchObject({
      entered: { stars: '4', title: 'Bright' },
      faults: [{ field: undefined, message: 'NOT_PURCHASED' }],
    });
  });

  it('that was written before leads to it', async () => {
    const { reviews } = opened({ writeReview: () => Promise.resolve(refusal('ALREADY_REVIEWED')) });
    expect(await reviews.write(signedIn, customer, LAMP, REVIEW)).toEqual(toList('ALREADY_REVIEWED'));
  });
});

describe('the pictures of a review', () => {
  it('are those that are kept and those that were uploaded', async () => {
    const { reviews, commands } = opened();
    const uploaded = await reviews.takePicture(signedIn, new Blob(['png']).stream());
    await reviews.write(signedIn, customer, LAMP, { ...REVIEW, kept: ['m-1'], pictures: [uploaded] });
    expect(commands.at(-1)).toEqual(['writeReview', LAMP, expect.objectContaining({ mediaIds: ['m-1', MEDIA] })]); // prettier-ignore
  });

  it('survive a form that is refused, with the reason at their field', async () => {
    const { reviews, commands } = opened();
    const pictures = [ok(MEDIA), refusal('UNREADABLE_FILE'), refusal('UNREADABLE_FILE')];
    const outcome = await reviews.write(signedIn, customer, LAMP, { ...REVIEW, pictures });
    expect(pageOf(outcome, 'review-form')).toMatchObject({
      media: [{ mediaId: MEDIA, src: '/thumb.webp' }],
      entered: { title: 'Bright' },
      faults: [{ field: 'picture', message: 'UNREADABLE_FILE' }],
    });
    expect(commands).toEqual([]);
  });

  it('are at most five', async () => {
    const { reviews, commands } = opened();
    const kept = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5'];
    const outcome = await reviews.write(signedIn, customer, LAMP, { ...REVIEW, kept, pictures: [ok(MEDIA)] });
    expect(pageOf(outcome, 'review-form').faults).toEqual([{ field: 'picture', message: 'TOO_MANY_PICTURES' }]); // prettier-ignore
    expect(commands).toEqual([]);
  });
});

describe('one’s own review', () => {
  const CHANGED = { ...REVIEW, version: 2 };

  it('is in its form, to be changed or deleted', async () => {
    const { reviews } = opened();
    expect(pageOf(await reviews.showForm(signedIn, customer, LAMP), 'review-form')).toMatchObject({
      entered: { stars: '4', title: 'Bright' },
      hidden: { version: '2' },
      media: [{ mediaId: MEDIA, src: '/thumb.webp' }],
      deleteAction: `/account/reviews/${LAMP}/delete`,
    });
  });

  it('can be changed when its product is gone', async () => {
    const { reviews } = opened({ product: () => Promise.resolve(undefined) });
    expect(pageOf(await reviews.showForm(signedIn, customer, LAMP), 'review-form').product).toBeUndefined();
  });

  it('is replaced at the version that the form showed', async () => {
    const { reviews, commands } = opened();
    expect(await reviews.write(signedIn, customer, LAMP, CHANGED)).toEqual(toList('WAITS'));
    const { stars, title, text } = REVIEW;
    expect(commands).toEqual([['changeReview', OWN_REVIEW.reviewId, 2, { stars, title, text, mediaIds: [] }]]); // prettier-ignore
  });

  it('that was changed in the meantime is shown with what was entered, and replaced at the next try', async () => {
    const { reviews } = opened({ ownReview: () => Promise.resolve({ ...OWN_REVIEW, version: 3 }), changeReview: () => Promise.resolve(refusal('PRECONDITION_FAILED')) }); // prettier-ignore
    expect(pageOf(await reviews.write(signedIn, customer, LAMP, CHANGED), 'review-form')).toMatchObject({
      hidden: { version: '3' },
      entered: { title: 'Bright' },
      faults: [{ field: undefined, message: 'PRECONDITION_FAILED' }],
    });
  });

  it('that is deleted in the meantime cannot be changed, and deleting it again says so', async () => {
    const { reviews, commands } = opened(reviewedNothing);
    expect(await reviews.write(signedIn, customer, LAMP, CHANGED)).toEqual(toList('REVIEW_NOT_FOUND'));
    expect(await reviews.remove(signedIn, customer, LAMP)).toEqual(toList('REVIEW_NOT_FOUND'));
    expect(commands).toEqual([]);
  });

  it('is deleted', async () => {
    const { reviews, commands } = opened();
    expect(await reviews.remove(signedIn, customer, LAMP)).toEqual(toList('REVIEW_DELETED'));
    expect(commands).toEqual([['deleteReview', OWN_REVIEW.reviewId]]);
  });

  it('is on the page of its product, for its author only', async () => {
    const { reviews } = opened();
    expect(await reviews.ownOf(signedIn, LAMP)).toMatchObject({
      ...{ title: 'Bright', state: 'pending', media: 1, href: `/account/reviews/${LAMP}` },
    });
    expect(await reviews.ownOf(guest, LAMP)).toBeUndefined();
  });
});

describe('the list of one’s own reviews', () => {
  it('has their product and state', async () => {
    const { reviews } = opened();
    const page = pageOf(await reviews.showOwn(signedIn, customer, undefined, undefined), 'reviews');
    expect(page.reviews).toMatchObject([
      { product: { text: 'Desk lamp' }, state: 'pending', date: '1 March 2026' },
    ]);
  });

  it('keeps those whose product is gone, and goes on', async () => {
    const { reviews } = opened({
      product: () => Promise.resolve(undefined),
      ownReviews: () => Promise.resolve({ items: [OWN_REVIEW], next: 'b&c' }),
    });
    const page = pageOf(await reviews.showOwn(signedIn, customer, undefined, undefined), 'reviews');
    expect(page).toMatchObject({
      reviews: [{ product: undefined, title: 'Bright' }],
      nextHref: '/account/reviews?cursor=b%26c',
    });
  });
});
