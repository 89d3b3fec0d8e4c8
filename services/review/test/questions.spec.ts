import { describe, expect, it } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { lettersOf, type Answered } from '#test/kit/http.ts';
import { NOTHING, PRODUCT, reviewsForEachTest } from './review.rig.ts';

const { service, send, call, written, rating, moderate } = reviewsForEachTest();

const QUESTIONS = `/api/v1/products/${PRODUCT}/questions`;

const ask = (text = 'Is it warm?', headers = {}): Promise<Answered> =>
  call(systemIds.next(), 'POST', QUESTIONS, { text }, { headers });
const answer = (questionId: string, text = 'Yes.', userId = systemIds.next()): Promise<Answered> =>
  call(userId, 'POST', `/api/v1/questions/${questionId}/answers`, { text });
const idOf = ({ body }: Answered): string => String(body.question_id);
const listed = async (query = ''): Promise<Answered['body']> => (await send('GET', QUESTIONS + query)).body;
const waiting = async (query = ''): Promise<Answered['body']> =>
  (await moderate('GET', `/api/v1/moderation/questions${query}`)).body;
const decide = (body: object): Promise<Answered> =>
  moderate('POST', '/api/v1/moderation/question-decisions', body);

describe('a question', () => {
  it('is visible at once, with its answers in order; those by staff are marked', async () => {
    const asked = await ask(' <b>Is it warm?</b> ');
    expect(asked).toMatchObject({ status: 201, body: { author: 'Test U.', text: '<b>Is it warm?</b>' } });
    await answer(idOf(asked));
    const path = `/api/v1/questions/${idOf(asked)}/answers`;
    const staff = { roles: ['catalog_manager'] } as const;
    await call(systemIds.next(), 'POST', path, { text: 'See www.example.test.' }, staff);
    expect((await listed()).items).toMatchObject([
      {
        text: '<b>Is it warm?</b>',
        status: 'approved',
        answers: [
          { text: 'Yes.', is_staff: false },
          { text: 'See www.example.test.', is_staff: true },
        ],
      },
    ]);
  });

  it('and answers wait for a moderator from the eleventh of a person in a day', async () => {
    const userId = systemIds.next();
    const { body } = await call(userId, 'POST', QUESTIONS, { text: 'Is it warm?' });
    for (let count = 1; count < 10; count += 1)
      await answer(String(body.question_id), `Part ${count}.`, userId);
    const again = async (): Promise<unknown> =>
      (await call(userId, 'POST', QUESTIONS, { text: 'Is it light?' })).body.status;
    expect(await again()).toBe('pending');
    expect((await ask('Is it light?')).body.status).toBe('approved');
    service.toolbox.clock.advance(DAY);
    expect(await again()).toBe('approved');
  });

  it('and its answers change no rating', async () => {
    await written({ rating: 3 });
    const before = await rating();
    await answer(idOf(await ask()));
    expect(await rating()).toEqual(before);
    expect((await send('GET', `/api/v1/products/${PRODUCT}/reviews`)).body.items).toHaveLength(1);
  });

  it('is listed newest first, page by page', async () => {
    await ask('First?');
    service.toolbox.clock.advance(1_000);
    await ask('Second?');
    const first = await listed('?limit=1');
    expect(first.items).toMatchObject([{ text: 'Second?' }]);
    const second = await listed(`?limit=1&cursor=${String(first.next_cursor)}`);
    expect(second.items).toMatchObject([{ text: 'First?' }]);
    expect(await send('GET', `${QUESTIONS}?cursor=x`)).toMatchObject({ status: 400 });
  });

  it('is asked once per Idempotency-Key, and so is an answer given', async () => {
    const userId = systemIds.next();
    const headers = { 'idempotency-key': 'key-12345' };
    /** Sends the same request twice, and expects the same response. */
    const twice = async (path: string): Promise<string> => {
      const put = () => call(userId, 'POST', path, { text: 'Hm?' }, { headers });
      const first = await put();
      expect(lettersOf(await put())).toEqual(lettersOf(first));
      return idOf(first);
    };
    const questionId = await twice(QUESTIONS);
    await twice(`/api/v1/questions/${questionId}/answers`);
    expect((await listed()).items).toMatchObject([{ answers: [{ text: 'Hm?' }] }]);
    expect((await listed()).items[0].answers).toHaveLength(1);
  });

  it('is about a product that customers see', async () => {
    const path = `/api/v1/products/${NOTHING}/questions`;
    const answer = await call(systemIds.next(), 'POST', path, { text: 'Is it?' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } });
    expect((await send('GET', path)).body.items).toEqual([]);
  });

  it('is refused without a text or a login, and for a question that is not visible', async () => {
    expect(await ask(' ')).toMatchObject({ status: 422, body: { code: 'INVALID_TEXT' } });
    expect(await ask('')).toMatchObject({ status: 400 });
    expect(await ask('x'.repeat(2_001))).toMatchObject({ status: 400 });
    expect(await send('POST', QUESTIONS, { body: { text: 'Hm?' } })).toMatchObject({ status: 401 });
    expect(await answer(NOTHING)).toMatchObject({ status: 404, body: { code: 'QUESTION_NOT_FOUND' } });
    expect(await answer(idOf(await ask('www.example.test?')))).toMatchObject({ status: 404 });
    expect(await answer(idOf(await ask()), '\u0007')).toMatchObject({ status: 422 });
  });

  it('has at most 100 answers', async () => {
    const questionId = idOf(await ask());
    for (let answers = 0; answers < 100; answers += 1) await answer(questionId);
    expect(await answer(questionId)).toMatchObject({ status: 409, body: { code: 'TOO_MANY_ANSWERS' } });
  });
});

describe('a question without an answer', () => {
  const unanswered = async (): Promise<unknown> => (await waiting('?awaiting=answer')).items;

  it('is found by moderators until an answer is visible', async () => {
    const questionId = idOf(await ask());
    expect((await waiting()).items).toEqual([]);
    expect(await unanswered()).toMatchObject([{ question_id: questionId, answers: [] }]);
    const given = await answer(questionId, 'Write to me@example.test');
    expect(await unanswered()).toEqual([]); // a moderator is first
    const decision = { question_id: questionId, answer_id: given.body.answers[0].answer_id };
    await decide({ ...decision, decision: 'reject' });
    expect(await unanswered()).toMatchObject([{ question_id: questionId }]);
    await answer(questionId);
    expect(await unanswered()).toEqual([]);
  });
});

describe('a question or answer that needs a moderator', () => {
  it('is hidden until it is approved', async () => {
    const asked = await ask('Is it on www.example.test?');
    expect(asked.body).toMatchObject({ status: 'pending' });
    expect((await listed()).items).toEqual([]);
    expect((await waiting()).items).toMatchObject([{ question_id: idOf(asked), status: 'pending' }]);
    expect(await decide({ question_id: idOf(asked), decision: 'approve' })).toMatchObject({ status: 204 });
    expect((await listed()).items).toHaveLength(1);
    expect((await waiting()).items).toEqual([]);
  });

  it('is seen by its author and moderators alone', async () => {
    const questionId = idOf(await ask());
    const given = await answer(questionId, 'Write to me@example.test');
    expect(given.body.answers).toMatchObject([{ status: 'pending' }]);
    expect((await answer(questionId)).body.answers).toMatchObject([{ text: 'Yes.' }]);
    expect((await listed()).items).toMatchObject([{ answers: [{ text: 'Yes.' }] }]);
    const [seen] = (await waiting()).items as { answers: { answer_id: string }[] }[];
    expect(seen?.answers).toHaveLength(2);
    const [first] = seen?.answers ?? [];
    const decision = { question_id: questionId, answer_id: first?.answer_id, decision: 'reject' };
    expect(await decide(decision)).toMatchObject({ status: 204 });
    expect((await waiting()).items).toEqual([]);
    expect((await listed()).items).toMatchObject([{ answers: [{ text: 'Yes.' }] }]);
  });

  it('can also be rejected later; decisions are for moderators, about what exists', async () => {
    const questionId = idOf(await ask());
    const rejection = { question_id: questionId, decision: 'reject' };
    expect(
      await call(systemIds.next(), 'POST', '/api/v1/moderation/question-decisions', rejection),
    ).toMatchObject({ status: 403 });
    expect(await decide({ ...rejection, answer_id: NOTHING })).toMatchObject({ status: 404 });
    expect(await decide({ ...rejection, question_id: NOTHING })).toMatchObject({ status: 404 });
    await decide(rejection);
    expect((await listed()).items).toEqual([]);
    expect(await moderate('GET', '/api/v1/moderation/questions?cursor=x')).toMatchObject({ status: 400 });
  });
});
