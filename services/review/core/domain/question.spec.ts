import { describe, expect, it } from 'vitest';
import { answer, ask, awaitedBy, judgePost, MOST_ANSWERS, post, type Answer } from './question.ts';

const posted = (id: string, changes: object = {}) =>
  post({
    id,
    userId: 'u-1',
    author: 'Sam S.',
    text: 'Is it warm?',
    reasons: [],
    createdAt: '2026-03-01T12:00:00.000Z',
    ...changes,
  });
const question = ask('p-1', posted('q-1'));
const given = (id: string, changes: object = {}): Answer => ({ ...posted(id, changes), isStaff: false });
const answered = (...answers: readonly Answer[]) => ({ ...question, answers });

describe('a question', () => {
  it('is visible, unless there is a reason to wait', () => {
    expect(question).toEqual({
      ...posted('q-1'),
      revision: 1,
      productId: 'p-1',
      answers: [],
      status: 'approved',
    });
    expect(post({ ...posted('q-2'), reasons: ['link'] }).status).toBe('pending');
  });

  it('has its answers in order, up to a number', () => {
    const first = answer(question, given('a-1'));
    expect(first).toEqual({ ok: true, value: { ...answered(given('a-1')), revision: 2 } });
    const second = first.ok ? answer(first.value, given('a-2')) : first;
    expect(second).toMatchObject({ ok: true, value: { answers: [{ id: 'a-1' }, { id: 'a-2' }] } });
    const full = answered(...Array.from({ length: MOST_ANSWERS }, (_, at) => given(`a-${at}`)));
    expect(answer(full, given('more'))).toMatchObject({ ok: false, error: { code: 'TOO_MANY_ANSWERS' } });
  });

  it('waits for a moderator while it is pending, or one of its answers is', () => {
    const pending = given('a-1', { reasons: ['link'] });
    expect(awaitedBy({ ...question, status: 'pending' })).toBe('moderator');
    expect(awaitedBy(answered(given('a-2'), pending))).toBe('moderator');
    expect(awaitedBy({ ...answered(given('a-2')), status: 'rejected' })).toBeUndefined();
  });

  it('waits for an answer while it is visible, and none of its answers is', () => {
    const rejected: Answer = { ...given('a-1'), status: 'rejected' };
    expect(awaitedBy(question)).toBe('answer');
    expect(awaitedBy(answered(rejected))).toBe('answer');
    expect(awaitedBy(answered(rejected, given('a-2')))).toBeUndefined();
    expect(awaitedBy({ ...question, status: 'rejected' })).toBeUndefined();
  });

  it('is decided about apart from its answers', () => {
    const pending = given('a-1', { reasons: ['link'] });
    const both = { ...answered(pending, given('a-2')), status: 'pending', reasons: ['contact'] } as const;
    expect(judgePost(both, undefined, true)).toEqual({
      ...both,
      revision: 2,
      status: 'approved',
      reasons: [],
    });
    expect(judgePost(both, undefined, false)).toMatchObject({ status: 'rejected', answers: [pending, {}] });
    expect(judgePost(both, 'a-1', true)).toEqual({
      ...both,
      revision: 2,
      answers: [given('a-1'), given('a-2')],
    });
    expect(judgePost(both, 'a-2', false)?.answers).toMatchObject([pending, { status: 'rejected' }]);
    expect(judgePost(both, 'a-3', true)).toBeUndefined();
  });
});
