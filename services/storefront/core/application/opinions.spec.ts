import { describe, expect, it } from 'vitest';
import { LAMP, ORDER, refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { ok } from '#kernel/result.ts';
import { makeOpinionPages } from './opinions.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { opinions: makeOpinionPages(pages), ...noted };
};

const REVIEW = { stars: 4, title: 'Bright', text: 'It is bright.' };

describe('a review', () => {
  it('is of a product that exists', async () => {
    const { opinions } = opened();
    const page = pageOf(await opinions.showReviewForm(signedIn, LAMP), 'review-form');
    expect(page.product).toEqual({ href: `/products/${LAMP}/desk-lamp`, text: 'Desk lamp' });
    expect(await opinions.showReviewForm(signedIn, ORDER)).toBeUndefined();
  });

  it.each([
    ['approved', 'PUBLISHED'],
    ['pending', 'WAITS'],
  ] as const)('that is %s leads to the notice %s', async (state, notice) => {
    const { opinions } = opened({ writeReview: () => Promise.resolve(ok(state)) });
    expect(await opinions.write(signedIn, LAMP, REVIEW)).toEqual({
      kind: 'see',
      to: `/account/reviews?notice=${notice}`,
    });
  });

  it('needs stars', async () => {
    const { opinions, commands } = opened();
    const outcome = await opinions.write(signedIn, LAMP, { ...REVIEW, stars: undefined });
    expect(pageOf(outcome, 'review-form')).toMatchObject({
      entered: { title: 'Bright', text: 'It is bright.' },
      faults: [{ field: 'stars', message: 'NO_STARS' }],
    });
    expect(commands).toEqual([]);
  });

  it('of a product that was not bought is shown again with the reason', async () => {
    const { opinions } = opened({ writeReview: () => Promise.resolve(refusal('NOT_PURCHASED')) });
    expect(pageOf(await opinions.write(signedIn, LAMP, REVIEW), 'review-form')).toMatchObject({
      entered: { stars: '4', title: 'Bright' },
      faults: [{ field: undefined, message: 'NOT_PURCHASED' }],
    });
  });

  it('that was written before leads to it', async () => {
    const { opinions } = opened({ writeReview: () => Promise.resolve(refusal('ALREADY_REVIEWED')) });
    expect(await opinions.write(signedIn, LAMP, REVIEW)).toMatchObject({
      to: '/account/reviews?notice=ALREADY_REVIEWED',
    });
  });
});

describe('own reviews', () => {
  it('have their product and state', async () => {
    const { opinions } = opened();
    const page = pageOf(await opinions.showOwn(signedIn, customer, undefined, undefined), 'reviews');
    expect(page.reviews).toMatchObject([
      { product: { text: 'Desk lamp' }, state: 'pending', date: '1 March 2026' },
    ]);
  });

  it('remain when their product is gone, and go on', async () => {
    const { opinions } = opened({
      product: () => Promise.resolve(undefined),
      ownReviews: () =>
        Promise.resolve({
          items: [{ ...REVIEW, productId: ORDER, at: new Date(0), state: 'approved' }],
          next: 'b&c',
        }),
    });
    const page = pageOf(await opinions.showOwn(signedIn, customer, undefined, undefined), 'reviews');
    expect(page).toMatchObject({
      reviews: [{ product: undefined, title: 'Bright' }],
      nextHref: '/account/reviews?cursor=b%26c',
    });
  });
});

describe('a question', () => {
  it('is asked', async () => {
    const { opinions, commands } = opened();
    const outcome = await opinions.ask(signedIn, LAMP, ' Is it bright? ');
    expect(outcome).toEqual({ kind: 'see', to: `/account/questions/${LAMP}?notice=PUBLISHED` });
    expect(commands).toEqual([['ask', LAMP, 'Is it bright?']]);
    const page = pageOf(await opinions.showQuestionForm(signedIn, LAMP, 'PUBLISHED'), 'question-form');
    expect(page).toMatchObject({ notice: 'PUBLISHED', entered: {} });
  });

  it('that is empty is shown again', async () => {
    const errors = [{ pointer: '/text', message: 'is too short' }];
    const { opinions } = opened({ ask: () => Promise.resolve(refusal('VALIDATION_FAILED', { errors })) });
    expect(pageOf(await opinions.ask(signedIn, LAMP, ''), 'question-form').faults).toEqual([
      { field: 'text', message: 'is too short' },
    ]);
  });

  it('about nothing does not exist', async () => {
    const { opinions } = opened();
    expect(await opinions.showQuestionForm(signedIn, ORDER, undefined)).toBeUndefined();
  });
});
