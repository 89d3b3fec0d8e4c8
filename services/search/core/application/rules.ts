import type { Clock } from '#kernel/clock.ts';
import { nameKey } from '../analysis/words.ts';
import type { Rule } from '../domain/rule.ts';
import type { RuleQueries } from '../ports/listing-queries.ts';
import { makeSynonyms, type Synonyms } from '../query/synonyms.ts';

/** The rules as searches use them. */
export interface RuleBook {
  readonly synonyms: Synonyms;
  /** @param key a `nameKey` */
  readonly redirectOf: (key: string) => string | undefined;
  readonly pinsOf: (key: string) => readonly string[];
}

export interface Rules {
  current(): Promise<RuleBook>;
  /** The next search reads the rules again. */
  forget(): void;
}

/** A change by another instance is used after this time, in milliseconds. */
const FRESH_MS = 2_000;

/** Keeps the rules in memory, and reads them again after a short time. Preparing many takes long, so unchanged ones are kept. */
export const makeRules = (queries: RuleQueries, clock: Clock): Rules => {
  let book: Promise<RuleBook> | undefined;
  let readAt = 0;
  let prepared: { readonly from: string; readonly book: RuleBook } | undefined;
  const prepare = (rules: readonly Rule[]): RuleBook => {
    const from = rules.map(({ ruleId, version }) => `${ruleId}:${version}`).join();
    if (prepared?.from !== from) prepared = { from, book: toBook(rules) };
    return prepared.book;
  };
  return {
    current: () => {
      const now = clock.now().getTime();
      if (!book || now - readAt >= FRESH_MS) {
        readAt = now;
        const reading = queries.all().then(prepare);
        book = reading;
        reading.catch(() => {
          if (book === reading) book = undefined;
        });
      }
      return book;
    },
    forget: () => {
      book = undefined;
    },
  };
};

const toBook = (rules: readonly Rule[]): RuleBook => {
  const groups: (readonly string[])[] = [];
  const redirects = new Map<string, string>();
  const pins = new Map<string, readonly string[]>();
  for (const { content } of rules) {
    if (content.kind === 'synonyms') groups.push(content.words);
    else if (content.kind === 'redirect') redirects.set(nameKey(content.query), content.url);
    else pins.set(nameKey(content.query), content.productIds);
  }
  return {
    synonyms: makeSynonyms(groups),
    redirectOf: (key) => redirects.get(key),
    pinsOf: (key) => pins.get(key) ?? [],
  };
};
