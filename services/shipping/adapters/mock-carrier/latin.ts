import anyAscii from 'any-ascii';

/** What every label printer and every reader of PDF can show: ASCII, and the letters of Western Europe. */
const WESTERN = /[\u0020-\u007E\u00A1-\u00AC\u00AE-\u00FF]/u;

/** Signs that stand for a sound or a word of their own; of other scripts some letters are silent. */
const NEVER_SILENT = /[\p{Script=Han}\u{10000}-\u{10FFFF}]/u;

/**
 * A text as carriers print it: Western letters as they are, all others transliterated (`София` → `Sofiya`). What has no
 * Latin form is named by its code point, so that who packs the parcel sees that something is missing.
 */
export const latin = (text: string): string =>
  Array.from(text.normalize('NFC'), (sign) => {
    if (WESTERN.test(sign)) return sign;
    const plain = anyAscii(sign);
    return plain === '' && NEVER_SILENT.test(sign) ? `[U+${codeOf(sign)}]` : plain;
  }).join('');

const codeOf = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase();
