import { describe, expect, it } from '@jest/globals';
import { listedCommonPasswords } from './listed-common-passwords.ts';

describe('the commonest passwords', () => {
  it.each(['123456', 'password', 'qwertyuiop', '1qaz2wsx3edc', 'password1234', 'elephant'])(
    'hold %s',
    async (password) => {
      expect((await listedCommonPasswords()).has(password)).toBe(true);
    },
  );

  it.each(['correct horse battery', 'tr0ub4dor&3x', 'Password', ''])('do not hold %j', async (password) => {
    expect((await listedCommonPasswords()).has(password)).toBe(false);
  });

  it('are a hundred thousand and more', async () => {
    const common = await listedCommonPasswords();
    expect(common instanceof Set && common.size).toBeGreaterThan(190_000);
  });
});
