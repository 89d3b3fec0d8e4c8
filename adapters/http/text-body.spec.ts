import { describe, expect, it } from 'vitest';
import { decodeText } from './text-body.ts';

const LATIN = Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x80]); // "Müller €" in windows-1252

describe('a text', () => {
  it.each([
    ['UTF-8', Buffer.from('Müller €'), 'text/csv'],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFMüller €'), 'text/csv'],
    ['UTF-16 with a byte order mark', Buffer.from('\uFEFFMüller €', 'utf16le'), 'text/csv; charset=utf-8'],
    ['UTF-16 in big-endian order', Buffer.from('\uFEFFMüller €', 'utf16le').swap16(), 'text/csv'],
    ['the declared encoding', LATIN, 'text/csv; charset=windows-1252'],
    ['the declared encoding in quotes', LATIN, 'text/csv; header=present; Charset="ISO-8859-1"'],
  ])('is read in %s', (_, bytes, type) => {
    expect(decodeText(bytes, type)).toBe('Müller €');
  });

  it.each([
    ['is not UTF-8 and declares no encoding', LATIN, 'text/csv', 'MALFORMED_BODY'],
    ['is not in the declared encoding', LATIN, 'text/csv; charset=utf-8', 'MALFORMED_BODY'],
    ['declares an unknown encoding', LATIN, 'text/csv; charset=klingon', 'UNSUPPORTED_MEDIA_TYPE'],
  ])('is refused, not repaired, if it %s', (_, bytes, type, code) => {
    expect(() => decodeText(bytes, type)).toThrow(expect.objectContaining({ code }));
  });
});
