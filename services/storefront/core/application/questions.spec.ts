import { describe, expect, it } from 'vitest';
import { LAMP, ORDER, refusal } from '../../test/fake-shop.ts';
import { fakePages, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeQuestionPages } from './questions.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { questions: makeQuestionPages(pages), ...noted };
};

describe('a question', () => {
  it('is asked', async () => {
    const { questions, commands } = opened();
    const outcome = await questions.ask(signedIn, LAMP, ' Is it bright? ');
    expect(outcome).toEqual({ kind: 'see', to: `/account/questions/${LAMP}?notice=PUBLISHED` });
    expect(commands).toEqual([['ask', LAMP, 'Is it bright?']]);
    const page = pageOf(await questions.showForm(signedIn, LAMP, 'PUBLISHED'), 'question-form');
    expect(page).toMatchObject({ notice: 'PUBLISHED', entered: {} });
  });

  it('that is empty is shown again', async () => {
    const errors = [{ pointer: '/text', message: 'is too short' }];
    const { questions } = opened({ ask: () => Promise.resolve(refusal('VALIDATION_FAILED', { errors })) });
    expect(pageOf(await questions.ask(signedIn, LAMP, ''), 'question-form').faults).toEqual([
      { field: 'text', message: 'is too short' },
    ]);
  });

  it('about nothing does not exist', async () => {
    const { questions } = opened();
    expect(await questions.showForm(signedIn, ORDER, undefined)).toBeUndefined();
  });
});
