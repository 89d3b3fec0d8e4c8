import { describe, expect, it } from 'vitest';
import { makeCheckPassword } from './password.ts';

const ADA = { email: 'ada.lovelace@example.com', firstName: 'Augusta', lastName: 'King-Noel' };
const COMMON = new Set(['password', 'password1234', 'welcome', 'secret', 'trustno1trustno1']);
const check = makeCheckPassword((lower) => COMMON.has(lower), 'The Shop');

const PHRASE = 'correct horse battery '.repeat(6);

describe('a password', () => {
  it.each([
    'correct horse battery',
    'Tr0ub4dor&3x',
    'passwords are hard',
    'пароль-длинный',
    '🦜🦜🦊🦊🐻🐻🐼🐼🐨🐯',
    'correct horse bee', // repeats only its end
    'p1a2s3s4word', // common only without its numbers
    'augusta rides at dawn', // more than a name
    'shopping for socks',
    'kings cross station',
    PHRASE.slice(0, 128),
  ])('may be %s', (password) => {
    expect(check(password, ADA)).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['short', 'nine char'],
    ['long', PHRASE.slice(0, 129)],
    ['the e-mail address', 'Ada.Lovelace@example.com'],
    ['the mailbox', 'ada.lovelace'],
    ['a part of the mailbox and a year', 'Lovelace-1815!'],
    ['the first name, again and again', 'AugustaAugusta'],
    ['the last name and numbers', 'king-noel123'],
    ['a part of the last name with little beside it', 'noel+noel+xy'],
    ['our name', 'The Shop 2026'],
    ['a common one', 'Password1234'],
    ['a common word with numbers', 'Password9876'],
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
    expect(check(password, ADA)).toMatchObject({ error: { code: 'WEAK_PASSWORD' } });
  });

  it('counts characters, not code units', () => {
    expect(check('🦜🦊🐻🐼🐨', ADA)).toMatchObject({ error: { code: 'WEAK_PASSWORD' } });
  });
});
