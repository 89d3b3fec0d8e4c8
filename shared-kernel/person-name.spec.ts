import { describe, expect, it } from 'vitest';
import { asPlainLine, flawOfName, isPlainName } from './person-name.ts';

describe('a name', () => {
  it.each([
    'Sam',
    'Ada Lovelace',
    'J. R. R. Tolkien',
    'J.R.R. Tolkien',
    'Maria del Carmen de los Ángeles',
    'O’Brien-Smith, Jr.',
    "D'Arcy",
    'Nguyễn Thị Minh Khai',
    '山田 太郎',
    'عبد الرحمن',
    'علی\u200cرضا', // Persian writes it so
    'क्\u200dष',
    'X Æ A-12',
  ])('may be %s', (name) => {
    expect(flawOfName(name)).toBeUndefined();
    expect(isPlainName(name)).toBe(true);
  });

  it.each([
    ['a line break', 'Sam,\n\nyour parcel'],
    ['a carriage return', 'Sam\r'],
    ['a tab', 'Sam\tShopper'],
    ['a line separator', 'Sam\u2028Shopper'],
    ['a paragraph separator', 'Sam\u2029Shopper'],
    ['a sign that turns the text around', 'Sam\u202egnp.exe'],
    ['an isolate', 'Sam\u2066x\u2069'],
    ['a mark of direction', 'Sam\u200f'],
    ['a space without width', 'S\u200bam'],
    ['a joiner between Latin letters', 'S\u200dam'],
    ['a joiner at the end', 'علی\u200c'],
    ['a byte order mark', '\ufeffSam'],
    ['a soft hyphen', 'S\u00adam'],
    ['a letter of private use', 'Sam\ue000'],
  ])('must not contain %s', (_, name) => {
    expect(flawOfName(name)).toBe('unseen');
    expect(isPlainName(name)).toBe(false);
  });

  it.each([
    'pay at http://evil.example/p',
    'HTTPS://EVIL',
    'javascript:/x',
    '//evil',
    'www evil com',
    'evil.example',
    'Sam see t.co now',
    'evil。example',
    'ｅｖｉｌ．ｅｘａｍｐｌｅ',
    'xn--80ak6aa92e.com',
    'sam@example.com',
    'sam＠example',
  ])('must not be an address: %s', (name) => {
    expect(flawOfName(name)).toBe('link');
    expect(isPlainName(name)).toBe(false);
  });

  it.each(['call 0900 123 456 7', 'your parcel is held at the customs office, please pay two euros now'])(
    'may be stored, but a message is not used in a salutation: %s',
    (name) => {
      expect(flawOfName(name)).toBeUndefined();
      expect(isPlainName(name)).toBe(false);
    },
  );
});

describe('a plain line', () => {
  it('contains the visible text', () => {
    expect(asPlainLine(' Flat 2\n\u202eevil\u200b  here\t')).toBe('Flat 2 evil here');
    expect(asPlainLine('12 St James’s Square')).toBe('12 St James’s Square');
    expect(asPlainLine('Flat 3/4, No.7')).toBe('Flat 3/4, No.7');
  });

  it('contains nothing that mail programs turn into a link', () => {
    expect(asPlainLine('9000 St.Gallen')).toBe('9000 St. Gallen');
    for (const link of [
      'pay at https://evil.example/p',
      'www.evil.example',
      'mail a@evil.example',
      'evil。example',
    ])
      expect(flawOfName(asPlainLine(link).replace(/@|www|:/g, ''))).toBeUndefined();
    expect(asPlainLine('https://evil.example/p')).toBe('https: / /evil. example/p');
  });
});
