import type { Entered, FormFault, OwnReviewsPage, OwnReviewView } from '#contracts/pages/storefront.ts';
import type { Result } from '#kernel/result.ts';
import { formFaults } from '../domain/form-faults.ts';
import { deleteReviewHref, hrefWith, reviewHref } from '../domain/links.ts';
import type { OwnReview } from '../ports/opinions.ts';
import type { Refused } from '../ports/shop.ts';
import { linkTo, SAID } from './opinions.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
  type Visited,
} from './visited.ts';

/** The reviews that customers have written, and the one that they write. */
export interface ReviewPages {
  showOwn(
    request: Request,
    customer: Customer,
    cursor: string | undefined,
    notice: string | undefined,
  ): Promise<Outcome>;
  /** The customer's review of a product, for its page. */
  ownOf(request: Request, productId: string): Promise<OwnReviewView | undefined>;
  showForm(request: Request, customer: Customer, productId: string): Promise<Outcome>;
  /** Keeps a picture of a form that is still being read; returns the ID of its media. */
  takePicture(request: Request, file: AsyncIterable<Uint8Array>): Promise<Result<string, Refused>>;
  write(request: Request, customer: Customer, productId: string, form: WrittenReview): Promise<Outcome>;
  remove(request: Request, customer: Customer, productId: string): Promise<Outcome>;
}

export interface WrittenReview {
  /** 1 to 5; undefined if none were chosen. */
  readonly stars: number | undefined;
  readonly title: string;
  readonly text: string;
  /** Of the review that is changed; undefined for a new one. */
  readonly version: number | undefined;
  /** Media that was uploaded before. */
  readonly kept: readonly string[];
  readonly pictures: readonly Result<string, Refused>[];
}

const PATH = '/account/reviews';

/** As the API has it. */
const LIMITS = { media: 5, pictureBytes: 20 * 1024 * 1024 };

const FIELDS: Readonly<Record<string, string>> = {
  UNKNOWN_MEDIA: 'picture',
  media_ids: 'picture',
};

/** What the form shows beside what it is about. */
interface Form {
  readonly version: number | undefined;
  readonly mediaIds: readonly string[];
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

const formOf = (review: OwnReview | undefined): Form =>
  review
    ? {
        version: review.version,
        mediaIds: review.mediaIds,
        entered: { stars: String(review.stars), title: review.title, text: review.text },
        faults: [],
      }
    : { version: undefined, mediaIds: [], entered: {}, faults: [] };

const viewOf = ({ mediaIds, productId, at, ...review }: OwnReview, { format }: Visited): OwnReviewView => ({
  stars: review.stars,
  title: review.title,
  text: review.text,
  state: review.state,
  date: format.date(at),
  media: mediaIds.length,
  href: reviewHref(productId),
});

/** Refusals that a form cannot mend. */
const TOLD_IN_LIST = ['ALREADY_REVIEWED', 'REVIEW_NOT_FOUND'];

const toList = (notice: string): Outcome => see(hrefWith(PATH, [['notice', notice]]));

const enteredIn = ({ stars, title, text }: WrittenReview): Entered => ({
  ...{ title, text },
  ...(stars === undefined ? {} : { stars: String(stars) }),
});

/** Those of before and those of the form. */
const mediaIn = ({ kept, pictures }: WrittenReview): readonly string[] => [
  ...new Set([...kept, ...pictures.flatMap((one) => (one.ok ? [one.value] : []))]),
];

const faultsIn = ({ stars, pictures }: WrittenReview, mediaIds: readonly string[]): readonly FormFault[] => {
  const refused = new Set(pictures.flatMap((one) => (one.ok ? [] : [one.error.code])));
  if (mediaIds.length > LIMITS.media) refused.add('TOO_MANY_PICTURES');
  return [
    ...(stars === undefined ? [{ field: 'stars', message: 'NO_STARS' }] : []),
    ...[...refused].map((message) => ({ field: 'picture', message })),
  ];
};

export const makeReviewPages = (pages: Pages): ReviewPages => {
  const showForm = async (request: Request, productId: string, form: Form): Promise<Outcome> => {
    const action = reviewHref(productId);
    const now = visited(pages, { ...request, path: action });
    const { shop } = now;
    const { version, mediaIds, entered, faults } = form;
    const [product, visitor, media] = await Promise.all([
      linkTo(shop, productId),
      visitorOf(now),
      Promise.all(mediaIds.map(async (mediaId) => ({ mediaId, src: await shop.thumbnail(mediaId) }))),
    ]);
    const isNew = version === undefined;
    if (!product && isNew) return undefined; // a review outlives its product
    const deleteAction = isNew ? undefined : deleteReviewHref(productId);
    const hidden: Entered = isNew ? {} : { version: String(version) };
    const page = { kind: 'review-form', product, action, deleteAction, hidden, media, limits: LIMITS, entered, faults } as const; // prettier-ignore
    return framed(now, page, { visitor });
  };

  return {
    showOwn: async (request, { userId }, cursor, notice) => {
      const now = visited(pages, { ...request, path: PATH });
      const { shop } = now;
      const [{ items, next }, visitor] = await Promise.all([shop.ownReviews(userId, cursor), visitorOf(now)]);
      const page: OwnReviewsPage = {
        kind: 'reviews',
        notice,
        reviews: await Promise.all(
          items.map(async (review) => ({
            ...viewOf(review, now),
            product: await linkTo(shop, review.productId),
          })),
        ),
        nextHref: next === undefined ? undefined : hrefWith(PATH, [['cursor', next]]),
      };
      return framed(now, page, { visitor });
    },
    ownOf: async (request, productId) => {
      const { customer } = request;
      const now = visited(pages, request);
      const review = customer && (await now.shop.ownReview(customer.userId, productId));
      return review && viewOf(review, now);
    },
    showForm: async (request, { userId }, productId) =>
      showForm(request, productId, formOf(await visited(pages, request).shop.ownReview(userId, productId))),
    takePicture: (request, file) => visited(pages, request).shop.uploadPicture(file),
    write: async (request, { userId }, productId, written) => {
      const { stars, title, text, version } = written;
      const mediaIds = mediaIn(written);
      const again = { version, mediaIds, entered: enteredIn(written) };
      const faults = faultsIn(written, mediaIds);
      if (stars === undefined || faults.length > 0) return showForm(request, productId, { ...again, faults });
      const { shop } = visited(pages, request);
      const review = { stars, title, text, mediaIds };
      const own = version === undefined ? undefined : await shop.ownReview(userId, productId);
      if (version !== undefined && !own) return toList('REVIEW_NOT_FOUND');
      const saved =
        own && version !== undefined
          ? await shop.changeReview(own.reviewId, version, review)
          : await shop.writeReview(productId, review);
      if (saved.ok) return toList(SAID[saved.value]);
      const { error } = saved;
      if (TOLD_IN_LIST.includes(error.code)) return toList(error.code);
      // After a change in another tab the form goes on from that: it says so, and replaces it if it is sent again.
      return showForm(request, productId, {
        ...again,
        version: own?.version,
        faults: formFaults(error, FIELDS),
      });
    },
    remove: async (request, { userId }, productId) => {
      const { shop } = visited(pages, request);
      const own = await shop.ownReview(userId, productId);
      const removed = own && (await shop.deleteReview(own.reviewId));
      if (!removed) return toList('REVIEW_NOT_FOUND');
      return toList(removed.ok ? 'REVIEW_DELETED' : removed.error.code);
    },
  };
};
