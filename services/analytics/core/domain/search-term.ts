const MOST = 100;
/** Addresses of mail, numbers of telephones, cards and orders, tokens: a word with an `@`, with many digits, or a very long one. */
const PERSONAL = /@|(?:\d[ ./-]?){6}|\S{40}/;

/** What a shopper searched for, for statistics; undefined if it might name a person, or says nothing. */
export const searchTerm = (query: string): string | undefined => {
  const term = query.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  return term === '' || term.length > MOST || PERSONAL.test(term) ? undefined : term;
};
