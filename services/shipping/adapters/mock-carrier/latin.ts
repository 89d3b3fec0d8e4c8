import anyAscii from 'any-ascii';

/** Characters that every label printer and PDF reader supports: ASCII, and the letters of Western Europe. */
const WESTERN = /[\u0020-\u007E\u00A1-\u00AC\u00AE-\u00FF]/u;

/** Characters that represent a sound or a word; some letters of other scripts are silent. */
const NEVER_SILENT = /[\p{Script=Han}\u{10000}-\u{10FFFF}]/u;

/**
 * Text as carriers print it: Western letters are kept, all others transliterated (`София` → `Sofiya`). Characters without a
 * Latin form become their code points, so that packers see that something is missing.
 */
export const latin = (text: string): string =>
  Array.from(text.normalize('NFC'), (sign) => {
    if (WESTERN.test(sign)) return sign;
    const plain = anyAscii(sign);
    return plain === '' && NEVER_SILENT.test(sign) ? `[U+${codeOf(sign)}]` : plain;
  }).join('');

const codeOf = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase();
