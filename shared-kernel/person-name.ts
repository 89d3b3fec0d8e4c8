/**
 * Names are written into mails and pages by us. What follows keeps people's names as they write them, and nothing else:
 * no line breaks, nothing that cannot be seen or turns the text around, no address that a mail program makes a link of.
 */

/** Joins letters in Arabic, Persian and the scripts of India, where names need it; everywhere else it only hides. */
const JOINED = /(?<=[\p{L}\p{M}])(?<![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\u200c\u200d](?=\p{L})/gu;
/** Controls, formats (bidi and zero-width among them), line and paragraph separators, private use, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;
/** `https:`, `//`, `www.`, an e-mail address, and what stands like a domain: `shop.example`, not `J. Smith`. */
const LINK = /\w:\/|\/\/|@|\bwww\b|[\p{L}\p{N}-]\.\p{L}{2}/iu;
/** Other letters that are read as a full stop in a domain. */
const STOPS = /[。．｡․]/gu;
/** As many digits as a telephone number has. */
const NUMBER = /(?:\p{Nd}[\s().-]*){6}/u;
const LONGEST_GREETED = 60;

export type NameFlaw = 'unseen' | 'link';

/** What a name may not hold; undefined when it is fine. */
export const flawOfName = (name: string): NameFlaw | undefined => {
  if (UNSEEN.test(name.replace(JOINED, ''))) return 'unseen';
  return LINK.test(name.normalize('NFKC').replace(STOPS, '.')) ? 'link' : undefined;
};

/** True when somebody could be greeted by it: neither flawed, nor a message in place of a name. */
export const isPlainName = (name: string): boolean =>
  name.length <= LONGEST_GREETED && flawOfName(name) === undefined && !NUMBER.test(name);

/** One line of it, in which nothing is hidden and no mail program finds an address to make a link of. */
export const asPlainLine = (text: string): string =>
  Array.from(text)
    .map((sign) => (UNSEEN.test(sign) ? ' ' : sign))
    .join('')
    .replace(STOPS, '.')
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})/gu, '. ')
    .replace(/(?<=\w:)\/|\/(?=\/)|@|\bwww\b/giu, ' $& ')
    .replace(/\s+/gu, ' ')
    .trim();
