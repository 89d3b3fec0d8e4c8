import { describe, expect, it } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { idOf, NOTHING, opinion, reviewsForEachTest } from './review.rig.ts';

const { service, send, call, written, list, moderate, decide } = reviewsForEachTest();

/** What the service tells the user service about a person. */
const exportOf = async (person: { readonly user_id: string }) =>
  send('POST', '/internal/v1/personal-data/export', {
    token: await service.toolbox.serviceToken('user', 'personal-data:read'),
    body: person,
  });

const vote = (reviewId: string, userId = systemIds.next(), isHelpful = true) =>
  call(userId, 'PUT', `/api/v1/reviews/${reviewId}/helpful-votes/${userId}`, { is_helpful: isHelpful });
const report = (reviewId: string, userId = systemIds.next(), reason = 'spam') =>
  call(userId, 'POST', `/api/v1/reviews/${reviewId}/reports`, { reason });

describe('a vote', () => {
  it('counts once per person, also of 50 at once', async () => {
    const review = await written();
    const userId = systemIds.next();
    const votes = await Promise.all(Array.from({ length: 50 }, () => vote(idOf(review), userId)));
    expect(new Set(votes.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await list()).body.items).toMatchObject([{ helpful_votes: 1 }]);
  });

  it('can be changed and taken back, and leaves the version of the review alone', async () => {
    const review = await written();
    const userId = systemIds.next();
    expect((await vote(idOf(review), userId)).body).toEqual({ helpful_votes: 1 });
    expect((await vote(idOf(review), userId, false)).body).toEqual({ helpful_votes: 0 });
    expect((await vote(idOf(review))).body).toEqual({ helpful_votes: 1 });
    expect((await vote(idOf(review), userId)).body).toEqual({ helpful_votes: 2 });
    const path = `/api/v1/reviews/${idOf(review)}/helpful-votes/${userId}`;
    expect(await call(userId, 'DELETE', path)).toMatchObject({ status: 204 });
    expect(await call(userId, 'DELETE', path)).toMatchObject({ status: 204 });
    const seen = await send('GET', `/api/v1/reviews/${idOf(review)}`);
    expect(seen.body).toMatchObject({ helpful_votes: 1, version: 1 });
    const headers = { 'if-match': '"1"' };
    expect(
      await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, opinion(), { headers }),
    ).toMatchObject({ status: 200, body: { helpful_votes: 1 } });
  });

  it('leaves no trace if it is refused', async () => {
    const review = await written();
    await vote(idOf(review), review.userId);
    await vote(NOTHING);
    const person = { user_id: review.userId };
    const { body } = await exportOf(person);
    expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['review']);
    const voter = systemIds.next();
    await vote(idOf(review), voter);
    await vote(idOf(review), voter, false);
    expect((await exportOf({ user_id: voter })).body.items).toMatchObject([
      { kind: 'vote', data: { review_id: idOf(review), is_helpful: false } },
    ]);
  });

  it('is refused by the author, for another person, and for a review that is not visible', async () => {
    const [review, hidden] = [await written(), await written({ text: 'www.example.test' })];
    expect(await vote(idOf(review), review.userId)).toMatchObject({
      status: 403,
      body: { code: 'OWN_REVIEW' },
    });
    const path = `/api/v1/reviews/${idOf(review)}/helpful-votes/${review.userId}`;
    const [other, body] = [systemIds.next(), { is_helpful: true }];
    expect(await call(other, 'PUT', path, body)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await call(other, 'DELETE', path)).toMatchObject({ status: 403 });
    expect(await vote(idOf(hidden))).toMatchObject({ status: 404 });
    expect(await vote(NOTHING)).toMatchObject({ status: 404 });
  });

  it('ranks reviews: nine of ten votes come before one of one', async () => {
    const [few, many, none] = [await written(), await written(), await written()];
    await vote(idOf(few));
    for (let index = 0; index < 10; index += 1) await vote(idOf(many), undefined, index > 0);
    const { items } = (await list('?sort=helpful')).body as { items: { review_id: string }[] };
    expect(items.map(({ review_id }) => review_id)).toEqual([idOf(many), idOf(few), idOf(none)]);
  });
});

describe('a report', () => {
  const waits = async (): Promise<readonly object[]> =>
    (await moderate('GET', '/api/v1/moderation/reviews?reason=reported')).body.items as object[];

  it('puts a review into the queue when three customers agree, and does not hide it', async () => {
    const review = await written();
    const first = systemIds.next();
    expect(await report(idOf(review), first)).toMatchObject({ status: 204 });
    await report(idOf(review), first);
    await report(idOf(review), first);
    await report(idOf(review));
    expect(await waits()).toEqual([]);
    await report(idOf(review), undefined, 'fake');
    expect(await waits()).toMatchObject([{ review: { status: 'approved' }, reasons: ['reported'] }]);
    expect((await list()).body.items).toHaveLength(1);
    const { body } = await moderate('GET', `/api/v1/moderation/reviews/${idOf(review)}`);
    expect((body.reports as { reason: string }[]).map(({ reason }) => reason)).toEqual([
      'spam',
      'spam',
      'fake',
    ]);
    await report(idOf(review));
    await decide({ review_id: idOf(review), version: 1, decision: 'approve' });
    expect(await waits()).toEqual([]);
  });

  it('stays when the review is edited', async () => {
    const review = await written();
    for (let reports = 0; reports < 3; reports += 1) await report(idOf(review));
    await call(review.userId, 'PUT', `/api/v1/reviews/${idOf(review)}`, opinion({ title: 'New' }));
    expect(await waits()).toMatchObject([{ review: { status: 'approved', title: 'New' } }]);
  });

  it('is refused by the author, without a known reason, and for what is not visible', async () => {
    const review = await written();
    expect(await report(idOf(review), review.userId)).toMatchObject({
      status: 403,
      body: { code: 'OWN_REVIEW' },
    });
    expect(await report(idOf(review), undefined, 'negative')).toMatchObject({ status: 400 });
    expect(await report(NOTHING)).toMatchObject({ status: 404 });
  });
});
