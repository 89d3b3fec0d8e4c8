import { describe, expect, it } from 'vitest';
import { checkedFiles, stiffFiles, stiffPhrases } from './wording.ts';

const ROOT = new URL('../../', import.meta.url);

describe('texts, comments and test titles', () => {
  it('contain no phrase that reads as if translated', () => {
    expect(stiffFiles(ROOT)).toEqual([]);
  });

  it('are checked in every file that is not exempt', () => {
    const files = checkedFiles(ROOT);
    expect(files).toEqual(
      expect.arrayContaining([
        'README.md',
        'openapi/order.yaml',
        'services/order/README.md',
        'shared-kernel/money.ts',
      ]),
    );
  });
});

describe('the rule', () => {
  it.each([
    'Whoever has the token has the cart.',
    'Two services are told of the order, and one answers 503.',
    'It is not sold any more.',
    'Somebody else was faster.',
    'The order is paid back.',
    'It begins anew; nobody knows why.',
  ])('notices: %s', (text) => {
    expect(stiffPhrases('canary.md', text)).not.toEqual([]);
  });

  it.each([
    'The holder of the token has full access to the cart.',
    'The gateway returns 503, and the client retries.',
    'It is too late to cancel the order.',
  ])('accepts: %s', (text) => {
    expect(stiffPhrases('canary.md', text)).toEqual([]);
  });

  it('names the file, the line, the phrase and a better one', () => {
    expect(stiffPhrases('canary.md', 'Fine.\nTry it anew.')).toEqual([
      'canary.md:2: "anew"; better: "again"',
    ]);
  });
});
