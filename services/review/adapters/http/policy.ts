import type { components } from '#openapi/generated/review.ts';

/** As docs/guides/reviews.md explains it. */
export const POLICY: components['schemas']['ReviewPolicy'] = {
  verification:
    'Only customers who bought the product here and received it can review it. The shop checks this against its orders. ' +
    'A review stays if the product is refunded later, but then no longer counts as a verified purchase, and says so.',
  moderation:
    'Praise and complaints are published alike, and count equally. A moderator first reads texts with links, addresses, offensive words ' +
    'or copies of other reviews. The rating is not a reason to hold back, reject or remove a review. Authors get the reason of a ' +
    'rejection, and can appeal once.',
  incentives:
    'The shop does not buy reviews. Authors who got something in return say so, and their reviews are marked.',
};
