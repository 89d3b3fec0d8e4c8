/**
 * Names appear in mails and pages. These rules accept names as people write them, and nothing else: no line breaks, no
 * characters that are invisible or change the text direction, no addresses that a mail program would turn into links.
 */

/** Joins letters in Arabic, Persian and Indic scripts, where names need it; elsewhere it only hides content. */
const JOINED = /(?<=[\p{L}\p{M}])(?<![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\u200c\u200d](?=\p{L})/gu;
/** Controls, formats (bidi and zero-width among them), line and paragraph separators, private use, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;
/** `https:`, `//`, `www.`, an e-mail address, and text that looks like a domain: `shop.example`, not `J. Smith`. */
const LINK = /\w:\/|\/\/|@|\bwww\b|[\p{L}\p{N}-]\.\p{L}{2}/iu;
/** Other characters that domains treat as a full stop. */
const STOPS = /[。．｡․]/gu;
/** As many digits as a telephone number has. */
const NUMBER = /(?:\p{Nd}[\s().-]*){6}/u;
const LONGEST_GREETED = 60;

export type NameFlaw = 'unseen' | 'link';

/** The flaw of a name; undefined if it has none. */
export const flawOfName = (name: string): NameFlaw | undefined => {
  if (UNSEEN.test(name.replace(JOINED, ''))) return 'unseen';
  return LINK.test(name.normalize('NFKC').replace(STOPS, '.')) ? 'link' : undefined;
};

/** True if it can be used in a salutation: without flaws, and not a message instead of a name. */
export const isPlainName = (name: string): boolean =>
  name.length <= LONGEST_GREETED && flawOfName(name) === undefined && !NUMBER.test(name);

/** The text as one line, without hidden characters and without addresses that a mail program would turn into links. */
export const asPlainLine = (text: string): string =>
  Array.from(text)
    .map((sign) => (UNSEEN.test(sign) ? ' ' : sign))
    .join('')
    .replace(STOPS, '.')
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})/gu, '. ')
    .replace(/(?<=\w:)\/|\/(?=\/)|@|\bwww\b/giu, ' $& ')
    .replace(/\s+/gu, ' ')
    .trim();
