import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { scoreOf } from './helpfulness.ts';
import type { Screened, ScreenReason } from './screening.ts';

export type Status = 'pending' | 'approved' | 'rejected' | 'deleted';

/** Why moderators reject a review: its rating is not a reason. */
export const REJECTIONS = [
  'off_topic',
  'offensive',
  'spam',
  'private_information',
  'fake',
  'illegal',
  'other',
] as const;
export type RejectionReason = (typeof REJECTIONS)[number];

/** Why customers report a review. */
export type ReportReason = 'off_topic' | 'offensive' | 'spam' | 'private_information' | 'fake' | 'illegal';

/** Why a review waits for a moderator. */
export type Reason = ScreenReason | 'appeal' | 'reported';

/** A picture or a video that the author has uploaded, as it was when the review was written: its files never change. */
export interface ReviewMedia {
  readonly mediaId: string;
  readonly kind: 'picture' | 'video';
  readonly url: string;
  readonly thumbnailUrl?: string;
  readonly width?: number;
  readonly height?: number;
  readonly colour?: string;
  readonly placeholder?: string;
}

/** What a customer says about a product. */
export interface Opinion {
  /** From 1 to 5. */
  readonly rating: number;
  readonly title: string;
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** The author got something in return, and says so. */
  readonly incentivised: boolean;
  /** Absent if there never was any. */
  readonly media?: readonly ReviewMedia[];
}

/** An earlier opinion, which only moderators see. */
export interface Edition extends Omit<Opinion, 'media'> {
  /** When it was replaced. */
  readonly until: string;
}

/** A review of a product by a customer. Plain JSON: times are ISO 8601. */
export interface Review extends Opinion {
  readonly id: string;
  /** Counts all changes, votes and reports included. */
  readonly revision: number;
  /** Counts changes of what is said or decided: the `ETag`. */
  readonly version: number;
  readonly productId: string;
  readonly userId: string;
  /** The order that entitles to the review. */
  readonly orderId: string;
  /** As customers see it. */
  readonly author: string;
  readonly status: Status;
  /** Why it waits for a moderator; empty when it does not. */
  readonly reasons: readonly Reason[];
  /** The last rejection, until the review is approved. */
  readonly rejection?: {
    readonly reason: RejectionReason;
    readonly note?: string | undefined;
    readonly at: string;
  };
  /** The author's objection to a rejection. */
  readonly appeal?: { readonly text: string; readonly at: string };
  /** The merchant's reply. */
  readonly reply?: { readonly text: string; readonly at: string };
  readonly isEdited: boolean;
  readonly history: readonly Edition[];
  readonly votes: readonly Vote[];
  readonly reports: readonly Report[];
  /** Votes that found it helpful. */
  readonly helpful: number;
  readonly score: number;
  /** As `sketchOf` its text. */
  readonly sketch: readonly number[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Vote {
  readonly userId: string;
  readonly isHelpful: boolean;
}

export interface Report {
  readonly userId: string;
  readonly reason: ReportReason;
  readonly at: string;
}

/** What lists leave out. */
export const HEAVY = ['history', 'votes', 'reports'] as const;
export type ListedReview = Omit<Review, (typeof HEAVY)[number]>;

/** Earlier opinions that are kept, and so edits that are possible. */
export const MOST_EDITS = 20;
/** Further votes would not change the ranking. */
export const MOST_VOTES = 10_000;
/** Reports by different customers, after which a moderator looks at the review again. */
export const REPORTS_TO_QUEUE = 3;

export type InvalidText = Refusal<'INVALID_TEXT'>;

const CONTROL = /[^\P{Cc}\n\r\t]/u;

/** Text as it is kept: as it was written, without the blanks around it. Control characters are refused. */
export const checkText = (name: string, text: string): Result<string, InvalidText> => {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('INVALID_TEXT', `The ${name} is empty.`);
  if (CONTROL.test(trimmed)) return refuse('INVALID_TEXT', `The ${name} contains a control character.`);
  return ok(trimmed);
};

export const checkOpinion = (opinion: Opinion): Result<Opinion, InvalidText> => {
  const title = checkText('title', opinion.title);
  if (!title.ok) return title;
  const text = checkText('text', opinion.text);
  return text.ok ? ok({ ...opinion, title: title.value, text: text.value }) : text;
};

/** The first name, and the initial of the last one. */
export const authorOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const [first = ''] = words;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return last === undefined ? first : `${first} ${String.fromCodePoint(last.codePointAt(0) ?? 0)}.`;
};

export type NewReview = Pick<Review, 'id' | 'productId' | 'userId' | 'orderId' | 'author'>;

/** A review that is published at once, unless it gave a reason to wait. */
export const writeReview = (
  draft: NewReview,
  opinion: Opinion,
  { reasons, sketch }: Screened,
  now: string,
): Review => ({
  ...draft,
  ...opinion,
  revision: 1,
  version: 1,
  status: reasons.length > 0 ? 'pending' : 'approved',
  reasons,
  isEdited: false,
  history: [],
  votes: [],
  reports: [],
  helpful: 0,
  score: 0,
  sketch,
  createdAt: now,
  updatedAt: now,
});

const changed = (review: Review, now: string): Review => ({
  ...review,
  revision: review.revision + 1,
  version: review.version + 1,
  updatedAt: now,
});

export type TooManyEdits = Refusal<'TOO_MANY_EDITS'>;

/** The new opinion is screened like the first one; a rejected review always waits for a moderator. */
export const editReview = (
  review: Review,
  opinion: Opinion,
  { reasons, sketch }: Screened,
  now: string,
): Result<Review, TooManyEdits> => {
  if (review.history.length >= MOST_EDITS)
    return refuse('TOO_MANY_EDITS', `A review can be edited ${MOST_EDITS} times.`);
  const { rating, title, text, language, incentivised } = review;
  const earlier: Edition = { rating, title, text, language, incentivised, until: now };
  const reported: readonly Reason[] = review.reasons.filter((reason) => reason === 'reported');
  const waiting: readonly Reason[] = [...reasons, ...(review.rejection ? ['rejected_before' as const] : [])];
  return ok({
    ...changed(review, now),
    ...(review.media && { media: [] }),
    ...opinion,
    status: waiting.length > 0 ? 'pending' : 'approved',
    reasons: [...waiting, ...reported],
    isEdited: true,
    history: [...review.history, earlier],
    sketch,
  });
};

/** Only what moderation and the customer's next review need remains. */
export const deleteReview = (review: Review, now: string): Review => {
  const { reply: _, appeal: __, ...rest } = changed(review, now);
  return {
    ...rest,
    status: 'deleted',
    reasons: [],
    title: '',
    text: '',
    ...(review.media && { media: [] }),
    history: [],
    votes: [],
    reports: [],
    sketch: [],
    helpful: 0,
    score: 0,
  };
};

/** The user ID and the order ID in what no longer names a person. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Its rating and its text stay, because others rely on them; who wrote it, earlier editions, and pictures, which may show people,
 * go.
 */
export const withoutAuthor = (review: Review, now: string): Review => {
  const { appeal: _, ...rest } = changed(review, now);
  return {
    ...rest,
    userId: NOBODY,
    author: 'A former customer',
    history: [],
    ...(review.media && { media: [] }),
  };
};

/** Its votes and reports count as before, but no longer say that they are this person's. */
export const withoutParticipant = (review: Review, userId: string): Review => {
  const isTheirs = (one: Vote | Report): boolean => one.userId === userId;
  if (![...review.votes, ...review.reports].some(isTheirs)) return review;
  const unnamed = <T extends Vote | Report>(one: T): T => (isTheirs(one) ? { ...one, userId: NOBODY } : one);
  return {
    ...review,
    revision: review.revision + 1,
    votes: review.votes.map(unnamed),
    reports: review.reports.map(unnamed),
  };
};

/** The stars that count for the product's rating. */
export const countedStars = (review: Review | undefined): number | undefined =>
  review?.status === 'approved' ? review.rating : undefined;

export type Verdict =
  | { readonly decision: 'approve' }
  | {
      readonly decision: 'reject';
      readonly reason: RejectionReason;
      readonly note?: string | undefined;
    };

/** A moderator's decision. It settles reports and an appeal. */
export const judgeReview = (review: Review, verdict: Verdict, now: string): Review => {
  const { rejection: _, ...rest } = changed(review, now);
  const judged = { ...rest, reasons: [], reports: [] };
  if (verdict.decision === 'approve') return { ...judged, status: 'approved' };
  const { reason, note } = verdict;
  return {
    ...judged,
    status: 'rejected',
    rejection: { reason, ...(note === undefined ? {} : { note }), at: now },
  };
};

export type NotAppealable = Refusal<'NOT_APPEALABLE'>;

/** Once for each review, so that a rejection can become final. */
export const appealReview = (review: Review, text: string, now: string): Result<Review, NotAppealable> =>
  review.status !== 'rejected' || review.appeal
    ? refuse('NOT_APPEALABLE', 'Only a rejected review can be appealed, and only once.')
    : ok({ ...changed(review, now), status: 'pending', reasons: ['appeal'], appeal: { text, at: now } });

export const replyToReview = (review: Review, text: string, now: string): Review => ({
  ...changed(review, now),
  reply: { text, at: now },
});

export const withoutReply = (review: Review, now: string): Review => {
  const { reply: _, ...rest } = changed(review, now);
  return rest;
};

export type OwnReview = Refusal<'OWN_REVIEW'>;
export type TooManyVotes = Refusal<'TOO_MANY_VOTES'>;

/** One vote per person: the last one counts. The same object if nothing changes. */
export const voteOn = (review: Review, vote: Vote): Result<Review, OwnReview | TooManyVotes> => {
  if (vote.userId === review.userId) return refuse('OWN_REVIEW', 'Authors do not vote on their own reviews.');
  const before = review.votes.find(({ userId }) => userId === vote.userId);
  if (before?.isHelpful === vote.isHelpful) return ok(review);
  if (!before && review.votes.length >= MOST_VOTES)
    return refuse('TOO_MANY_VOTES', `A review has at most ${MOST_VOTES} votes.`);
  return ok(counted(review, [...review.votes.filter((one) => one !== before), vote]));
};

export const withoutVote = (review: Review, userId: string): Review =>
  review.votes.some((vote) => vote.userId === userId)
    ? counted(
        review,
        review.votes.filter((vote) => vote.userId !== userId),
      )
    : review;

const counted = (review: Review, votes: readonly Vote[]): Review => {
  const helpful = votes.filter(({ isHelpful }) => isHelpful).length;
  return {
    ...review,
    revision: review.revision + 1,
    votes,
    helpful,
    score: scoreOf(helpful, votes.length),
  };
};

/**
 * One report per person. Enough of them put the review back into the queue, but it stays visible: reports alone suppress nothing.
 * The same object if nothing changes.
 */
export const reportReview = (review: Review, report: Report): Result<Review, OwnReview> => {
  if (report.userId === review.userId)
    return refuse('OWN_REVIEW', 'Authors do not report their own reviews.');
  const isKnown = review.reports.some(({ userId }) => userId === report.userId);
  if (isKnown || review.reasons.includes('reported')) return ok(review);
  const reports = [...review.reports, report];
  return ok({
    ...review,
    revision: review.revision + 1,
    reports,
    reasons: reports.length >= REPORTS_TO_QUEUE ? [...review.reasons, 'reported'] : review.reasons,
  });
};
