import { createHash } from 'node:crypto';
import { dataOf, type ShopClient } from '#client/index.ts';
import type { Opinions } from '../../core/ports/opinions.ts';
import type { Language } from '../../core/ports/shop.ts';
import { ofUser } from './account.api.ts';
import { answered, decided } from './refusals.ts';

const QUESTIONS_PER_PAGE = 10;
const REVIEWS_PER_PAGE = 10;

const ofProduct = (productId: string) => ({ path: { product_id: productId } });

/** The same for the same question, so that a form that is sent twice asks once. */
const keyOf = (productId: string, text: string): string =>
  createHash('sha256').update(`${productId} ${text}`).digest('base64url');

/** @param language in which the visitor writes */
export const opinionsOf = (api: ShopClient, language: Language): Opinions => ({
  questions: async (productId) => {
    const params = { ...ofProduct(productId), query: { limit: QUESTIONS_PER_PAGE } };
    try {
      const { items } = await dataOf(api.GET('/api/v1/products/{product_id}/questions', { params }));
      return items.map(({ text, author, created_at: at, answers }) => ({
        text,
        author,
        at: new Date(at),
        answers: answers.map((answer) => ({
          text: answer.text,
          author: answer.author,
          isOfShop: answer.is_staff,
        })),
      }));
    } catch {
      return []; // the page shows the rest
    }
  },
  ask: (productId, text) => {
    const params = { ...ofProduct(productId), header: { 'Idempotency-Key': keyOf(productId, text) } };
    const asked = api.POST('/api/v1/products/{product_id}/questions', { params, body: { text } });
    return decided(dataOf(asked).then(({ status }) => status));
  },
  ownReviews: async (userId, cursor) => {
    const query = { limit: REVIEWS_PER_PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const params = { ...ofUser(userId), query };
    const page = await answered(dataOf(api.GET('/api/v1/users/{user_id}/reviews', { params })));
    return {
      items: page.items.map((review) => ({
        productId: review.product_id,
        stars: review.rating,
        title: review.title,
        text: review.text,
        at: new Date(review.created_at),
        state: review.status ?? 'approved',
      })),
      next: page.next_cursor,
    };
  },
  writeReview: (productId, { stars, title, text }) => {
    const body = { rating: stars, title, text, language, incentivised: false };
    const params = ofProduct(productId);
    const written = api.POST('/api/v1/products/{product_id}/reviews', { params, body });
    return decided(dataOf(written).then(({ status = 'approved' }) => status));
  },
});
