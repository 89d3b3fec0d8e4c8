import { describe, expect, it } from 'vitest';
import { aReview } from '../../test/review.mother.ts';
import {
  authorOf,
  checkText,
  deleteReview,
  editReview,
  judgeReview,
  MOST_VOTES,
  NOBODY,
  reportReview,
  voteOn,
  withoutAuthor,
  withoutParticipant,
  withoutVote,
} from './review.ts';

const NOW = '2026-03-02T12:00:00.000Z';

describe('the author of a review', () => {
  it.each([
    ['Sam Shopper', 'Sam S.'],
    ['  Ana  María  de la Cruz ', 'Ana C.'],
    ['Cher', 'Cher'],
    ['Li 𠮷田', 'Li 𠮷.'],
    ['', ''],
  ])('%j is shown as %j', (name, author) => {
    expect(authorOf(name)).toBe(author);
  });
});

describe('a text', () => {
  it('keeps its lines and tabs, and loses the blanks around it', () => {
    expect(checkText('text', ' a\r\n\tb ')).toEqual({ ok: true, value: 'a\r\n\tb' });
  });

  it.each(['\u0000', '\u001b', '\u007f', '\u009f'])('has no control character %j', (character) => {
    expect(checkText('text', `a${character}b`)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_TEXT', detail: 'The text contains a control character.' },
    });
  });
});

describe('a vote', () => {
  const vote = { userId: 'u-1', isHelpful: true };

  it('changes the number of votes and the score, and not the version', () => {
    const review = aReview();
    const voted = voteOn(review, vote);
    expect(voted).toEqual({
      ok: true,
      value: { ...review, revision: 2, votes: [vote], helpful: 1, score: 206_543 },
    });
    expect(voted.ok && withoutVote(voted.value, 'u-1')).toEqual({ ...review, revision: 3 });
  });

  it('that changes nothing returns the review itself', () => {
    const review = aReview({ votes: [vote] });
    const again = voteOn(review, vote);
    expect(again.ok && again.value).toBe(review);
    expect(withoutVote(review, 'u-2')).toBe(review);
  });

  it('can be changed, but not added, when there are as many as are counted', () => {
    const votes = Array.from({ length: MOST_VOTES }, (_, at) => ({ userId: `u-${at}`, isHelpful: true }));
    const review = aReview({ votes });
    expect(voteOn(review, { userId: 'new', isHelpful: true })).toMatchObject({
      ok: false,
      error: { code: 'TOO_MANY_VOTES' },
    });
    expect(voteOn(review, { userId: 'u-1', isHelpful: false })).toMatchObject({
      ok: true,
      value: { helpful: MOST_VOTES - 1 },
    });
  });
});

describe('a report', () => {
  it('counts once per person, and only until the review waits', () => {
    const report = { userId: 'u-1', reason: 'spam', at: NOW } as const;
    const once = reportReview(aReview(), report);
    expect(once).toMatchObject({ ok: true, value: { revision: 2, version: 1, reasons: [] } });
    const twice = once.ok ? reportReview(once.value, report) : once;
    expect(twice.ok && once.ok && twice.value === once.value).toBe(true);
    const waiting = aReview({ reasons: ['reported'] });
    const more = reportReview(waiting, report);
    expect(more.ok && more.value).toBe(waiting);
  });
});

describe('a deleted review', () => {
  it('keeps neither text nor votes, but that it was rejected', () => {
    const rejected = judgeReview(
      aReview({ votes: [{ userId: 'u-1', isHelpful: true }], helpful: 1, score: 1, sketch: [1] }),
      { decision: 'reject', reason: 'fake' },
      NOW,
    );
    expect(deleteReview({ ...rejected, reply: { text: 'a', at: NOW } }, NOW)).toEqual({
      ...rejected,
      revision: 3,
      version: 3,
      status: 'deleted',
      title: '',
      text: '',
      votes: [],
      helpful: 0,
      score: 0,
      sketch: [],
    });
  });
});

describe('a review whose author is erased', () => {
  it('keeps its rating and text, without name, appeal, earlier editions and pictures', () => {
    const { title, text, language, incentivised } = aReview();
    const earlier = { rating: 1, title, text, language, incentivised, until: NOW };
    const review = aReview({ media: [{ mediaId: 'm-1', kind: 'picture', url: '/m-1' }], history: [earlier] });
    expect(withoutAuthor({ ...review, appeal: { text: 'It is mine.', at: NOW } }, NOW)).toEqual({
      ...review,
      userId: NOBODY,
      author: 'A former customer',
      history: [],
      media: [],
      revision: 2,
      version: 2,
      updatedAt: NOW,
    });
  });
});

describe('a review without one of its voters', () => {
  it('counts the vote as before, and no longer says whose it is', () => {
    const votes = ['u-1', 'u-2'].map((userId) => ({ userId, isHelpful: true }));
    const review = aReview({ votes });
    expect(withoutParticipant(review, 'u-1')).toMatchObject({
      revision: 2,
      votes: [{ userId: NOBODY, isHelpful: true }, { userId: 'u-2' }],
    });
    expect(withoutParticipant(review, 'u-3')).toBe(review);
  });
});

describe('an edited review', () => {
  it('keeps its votes, its earlier opinion, and that it was reported', () => {
    const review = aReview({ helpful: 3, reasons: ['reported', 'link'], status: 'approved' });
    const opinion = { rating: 1, title: 'B', text: 'C', language: 'de', incentivised: true };
    const edited = editReview(review, opinion, { reasons: [], sketch: [7] }, NOW);
    expect(edited).toEqual({
      ok: true,
      value: {
        ...review,
        ...opinion,
        revision: 2,
        version: 2,
        reasons: ['reported'],
        isEdited: true,
        sketch: [7],
        history: [
          { rating: 5, title: 'Warm', text: 'I wear it.', language: 'en', incentivised: false, until: NOW },
        ],
        updatedAt: NOW,
      },
    });
  });
});
