import { describe, expect, it } from 'vitest';
import { listedCommonPasswords } from './listed-common-passwords.ts';

describe('the most common passwords', () => {
  it.each(['123456', 'password', 'qwertyuiop', '1qaz2wsx3edc', 'password1234', 'elephant'])(
    'include %s',
    async (password) => {
      expect((await listedCommonPasswords()).has(password)).toBe(true);
    },
  );

  it.each(['correct horse battery', 'tr0ub4dor&3x', 'Password', ''])(
    'do not include %j',
    async (password) => {
      expect((await listedCommonPasswords()).has(password)).toBe(false);
    },
  );

  it.each(['07011963', '25111952'])('do not include %s, which is rare and short', async (password) => {
    expect((await listedCommonPasswords()).has(password)).toBe(false);
  });

  it.each(['password\n123456', '\n'])('do not include %j, which is two of them or none', async (password) => {
    expect((await listedCommonPasswords()).has(password)).toBe(false);
  });
});
