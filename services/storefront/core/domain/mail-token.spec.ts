import { describe, expect, it } from 'vitest';
import { mailTokenIn } from './mail-token.ts';

describe('the token of a mail', () => {
  it.each([
    ['c2Vj-cmV0_', 'c2Vj-cmV0_'],
    ['  c2VjcmV0\n', 'c2VjcmV0'],
    ['https://shop.example/reset-password#token=c2Vj-cmV0_', 'c2Vj-cmV0_'],
    ['<https://shop.example/confirm-email#token=c2VjcmV0>', 'c2VjcmV0'],
  ])('is found in %j', (text, token) => {
    expect(mailTokenIn(text)).toBe(token);
  });
});
