import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/review.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  NOT_PURCHASED: { status: 403, title: 'Product not bought' },
  OWN_REVIEW: { status: 403, title: 'One’s own review' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'No such product' },
  QUESTION_NOT_FOUND: { status: 404, title: 'No such question' },
  REVIEW_NOT_FOUND: { status: 404, title: 'No such review' },
  ALREADY_REVIEWED: { status: 409, title: 'Product already reviewed' },
  NOT_APPEALABLE: { status: 409, title: 'Review cannot be appealed' },
  TOO_MANY_ANSWERS: { status: 409, title: 'Too many answers' },
  TOO_MANY_EDITS: { status: 409, title: 'Review edited too often' },
  TOO_MANY_VOTES: { status: 409, title: 'Too many votes' },
  UNKNOWN_MEDIA: { status: 422, title: 'Unknown media' },
  INVALID_TEXT: { status: 422, title: 'Invalid text' },
} as const satisfies ErrorCatalogue;

export type ReviewCode = keyof typeof errors;
