import { describe, expect, it } from '@jest/globals';
import { checkPassword } from './password.ts';

const EMAIL = 'ada.lovelace@example.com';

const PHRASE = 'correct horse battery '.repeat(6);

describe('a password', () => {
  it.each([
    'correct horse battery',
    'Tr0ub4dor&3x',
    'passwords are hard',
    'пароль-длинный',
    '🦜🦜🦊🦊🐻🐻🐼🐼🐨🐯',
    'correct horse bee', // repeats only its end
    'a1d2m3i4n56', // common only without its numbers
    PHRASE.slice(0, 128),
  ])('may be %s', (password) => {
    expect(checkPassword(password, EMAIL)).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['short', 'nine char'],
    ['long', PHRASE.slice(0, 129)],
    ['the e-mail address', 'Ada.Lovelace@example.com'],
    ['the mailbox', 'ada.lovelace'],
    ['a common word with numbers', 'Password1234'],
    ['a common word between signs', '!!welcome2026!!'],
    ['a common word twice', 'secretsecret'],
    ['a common word three times', 'secretsecretsecret'],
    ['a row of digits', '1234567890'],
    ['a row of digits backwards', '9876543210'],
    ['a row of letters', 'abcdefghijkl'],
    ['a row of letters backwards', 'zyxwvutsrqpo'],
    ['a row of keys', 'qwertyuiopas'],
    ['a row of keys backwards', 'mnbvcxzlkjhg'],
    ['one sign', 'aaaaaaaaaaaa'],
    ['three signs again and again', 'abZabZabZabZ'],
  ])('must not be %s', (_, password) => {
    expect(checkPassword(password, EMAIL)).toMatchObject({ error: { code: 'WEAK_PASSWORD' } });
  });

  it('counts characters, not code units', () => {
    expect(checkPassword('🦜🦊🐻🐼🐨', EMAIL)).toMatchObject({ error: { code: 'WEAK_PASSWORD' } });
  });
});
