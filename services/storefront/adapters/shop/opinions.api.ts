import { createHash } from 'node:crypto';
import { dataOf, type Schemas, type ShopClient } from '#client/index.ts';
import type { NewReview, Opinions, OwnReview } from '../../core/ports/opinions.ts';
import type { Language } from '../../core/ports/shop.ts';
import { ofUser } from './account.api.ts';
import { answered, decided, done, found } from './refusals.ts';

const QUESTIONS_PER_PAGE = 10;
const REVIEWS_PER_PAGE = 10;

const ofProduct = (productId: string) => ({ path: { product_id: productId } });

/** The same for the same question, so that a form that is sent twice asks once. */
const keyOf = (productId: string, text: string): string =>
  createHash('sha256').update(`${productId} ${text}`).digest('base64url');

const toOwnReview = (review: Schemas['Review']): OwnReview => ({
  reviewId: review.review_id,
  version: review.version,
  productId: review.product_id,
  stars: review.rating,
  title: review.title,
  text: review.text,
  mediaIds: (review.media ?? []).map(({ media_id: mediaId }) => mediaId),
  at: new Date(review.created_at),
  state: review.status ?? 'approved',
});

const fromReview = (
  { stars, title, text, mediaIds }: NewReview,
  language: Language,
): Schemas['ReviewInput'] => ({
  ...{ rating: stars, title, text, language, incentivised: false },
  media_ids: [...mediaIds],
});

const ofReview = (reviewId: string) => ({ path: { review_id: reviewId } });

/** The picture of this preset that every browser shows. */
const smallIn = ({ variants = [] }: Schemas['Media']): string | undefined =>
  variants.find(({ preset, content_type: type }) => preset === 'thumb' && type === 'image/webp')?.url;

/**
 * @param patient for what takes long to send
 * @param language in which the visitor writes
 */
export const opinionsOf = (api: ShopClient, patient: ShopClient, language: Language): Opinions => ({
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
    return { items: page.items.map(toOwnReview), next: page.next_cursor };
  },
  ownReview: async (userId, productId) => {
    const params = { ...ofUser(userId), query: { product_id: productId, limit: 1 } };
    const page = await answered(dataOf(api.GET('/api/v1/users/{user_id}/reviews', { params })));
    return page.items.map(toOwnReview)[0];
  },
  writeReview: (productId, review) => {
    const params = ofProduct(productId);
    const body = fromReview(review, language);
    const written = api.POST('/api/v1/products/{product_id}/reviews', { params, body });
    return decided(dataOf(written).then(({ status = 'approved' }) => status));
  },
  changeReview: (reviewId, version, review) => {
    const params = { ...ofReview(reviewId), header: { 'If-Match': `"${version}"` } };
    const body = fromReview(review, language);
    const changed = api.PUT('/api/v1/reviews/{review_id}', { params, body });
    return decided(dataOf(changed).then(({ status = 'approved' }) => status));
  },
  deleteReview: (reviewId) => done(api.DELETE('/api/v1/reviews/{review_id}', { params: ofReview(reviewId) })),
  uploadPicture: (file) => {
    const uploaded = patient.POST('/api/v1/media', {
      params: { query: { purpose: 'review' } },
      headers: { 'content-type': 'application/octet-stream' },
      body: '', // what it is described as: the file follows
      bodySerializer: () => ReadableStream.from(file),
      duplex: 'half',
    });
    return decided(dataOf(uploaded).then(({ media_id: mediaId }) => mediaId));
  },
  thumbnail: async (mediaId) => {
    const params = { path: { media_id: mediaId } };
    const media = await found(dataOf(api.GET('/api/v1/media/{media_id}', { params })));
    return media && smallIn(media);
  },
});
