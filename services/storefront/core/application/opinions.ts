import type { Entered, FormFault, Link, OwnReviewsPage } from '#contracts/pages/storefront.ts';
import { formFaults } from '../domain/form-faults.ts';
import { hrefWith, productHref, questionHref, reviewHref } from '../domain/links.ts';
import type { NewReview, PostState } from '../ports/opinions.ts';
import type { Shop } from '../ports/shop.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
} from './visited.ts';

/** What customers write about products. */
export interface OpinionPages {
  showOwn(
    request: Request,
    customer: Customer,
    cursor: string | undefined,
    notice: string | undefined,
  ): Promise<Outcome>;
  showReviewForm(request: Request, productId: string): Promise<Outcome>;
  /** @param review without stars if none were chosen */
  write(request: Request, productId: string, review: WrittenReview): Promise<Outcome>;
  showQuestionForm(request: Request, productId: string, notice: string | undefined): Promise<Outcome>;
  ask(request: Request, productId: string, text: string): Promise<Outcome>;
}

export interface WrittenReview extends Omit<NewReview, 'stars'> {
  /** 1 to 5. */
  readonly stars: number | undefined;
}

const PATH = '/account/reviews';

/** What is said about what was written. */
const SAID: Readonly<Record<PostState, string>> = {
  approved: 'PUBLISHED',
  pending: 'WAITS',
  rejected: 'WAITS',
};

const linkTo = async (shop: Shop, productId: string): Promise<Link | undefined> => {
  const product = await shop.product(productId);
  if (!product) return undefined;
  return { href: productHref(productId, product.name, undefined, product.slug), text: product.name };
};

interface Form {
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

const EMPTY: Form = { entered: {}, faults: [] };

export const makeOpinionPages = (pages: Pages): OpinionPages => {
  const showReviewForm = async (request: Request, productId: string, form: Form): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: reviewHref(productId) });
    const [product, visitor] = await Promise.all([linkTo(now.shop, productId), visitorOf(now)]);
    if (!product) return undefined;
    return framed(now, { kind: 'review-form', product, action: reviewHref(productId), ...form }, { visitor });
  };
  const showQuestionForm = async (
    request: Request,
    productId: string,
    notice: string | undefined,
    form: Form,
  ): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: questionHref(productId) });
    const [product, visitor] = await Promise.all([linkTo(now.shop, productId), visitorOf(now)]);
    if (!product) return undefined;
    const action = questionHref(productId);
    return framed(now, { kind: 'question-form', notice, product, action, ...form }, { visitor });
  };
  return {
    showOwn: async (request, { userId }, cursor, notice) => {
      const now = visited(pages, { ...request, path: PATH });
      const { shop, format } = now;
      const [{ items, next }, visitor] = await Promise.all([shop.ownReviews(userId, cursor), visitorOf(now)]);
      const page: OwnReviewsPage = {
        kind: 'reviews',
        notice,
        reviews: await Promise.all(
          items.map(async ({ productId, at, ...review }) => ({
            ...review,
            product: await linkTo(shop, productId),
            date: format.date(at),
          })),
        ),
        nextHref: next === undefined ? undefined : hrefWith(PATH, [['cursor', next]]),
      };
      return framed(now, page, { visitor });
    },
    showReviewForm: (request, productId) => showReviewForm(request, productId, EMPTY),
    write: async (request, productId, { stars, title, text }) => {
      const entered = { title, text, ...(stars === undefined ? {} : { stars: String(stars) }) };
      if (stars === undefined) {
        const faults = [{ field: 'stars', message: 'NO_STARS' }];
        return showReviewForm(request, productId, { entered, faults });
      }
      const written = await visited(pages, request).shop.writeReview(productId, { stars, title, text });
      if (written.ok) return see(`${PATH}?notice=${SAID[written.value]}`);
      const { code } = written.error;
      if (code === 'ALREADY_REVIEWED') return see(`${PATH}?notice=${code}`);
      return showReviewForm(request, productId, { entered, faults: formFaults(written.error) });
    },
    showQuestionForm: (request, productId, notice) => showQuestionForm(request, productId, notice, EMPTY),
    ask: async (request, productId, text) => {
      const asked = await visited(pages, request).shop.ask(productId, text.trim());
      if (asked.ok) return see(`${questionHref(productId)}?notice=${SAID[asked.value]}`);
      const form = { entered: { text }, faults: formFaults(asked.error) };
      return showQuestionForm(request, productId, undefined, form);
    },
  };
};
