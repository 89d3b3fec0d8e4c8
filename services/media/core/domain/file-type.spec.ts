import { describe, expect, it } from 'vitest';
import { kindOf, typeOf } from './file-type.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('the type of a file', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
    ['\0\0\0\x18ftypmp42', 'video/mp4'],
    ['\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm', 'video/webm'],
    ['<svg>', 'image/svg+xml'],
    ['\xef\xbb\xbf <?xml version="1.0"?>\n<!-- drawn -->\n<svg ', 'image/svg+xml'],
  ])('of %j is %s', (head, type) => {
    expect(typeOf(bytes(head))?.type).toBe(type);
    expect(kindOf(type)).toBe(typeOf(bytes(head))?.kind);
  });

  it.each([
    '',
    'RIFF\0\0\0\0WAVE',
    '\0\0\0\x18ftypheic',
    '%PDF-1.7',
    'II*\0',
    '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska',
    '<html><svg>',
    '<svgfoo>',
    ' GIF89a',
    '/*\xff\xd8\xff*/',
  ])('of %j is unknown, so the shop does not store it', (head) => {
    expect(typeOf(bytes(head))).toBeUndefined();
  });
});
