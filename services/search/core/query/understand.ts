import { stem } from '../analysis/stem.ts';
import { chunksOf, hasDigit, skuKey, nameKey, type Word } from '../analysis/words.ts';
import { FIELDS, kindKey, STRONG_FIELDS } from '../domain/document.ts';
import type { Sort } from '../domain/filters.ts';
import { guessesOf, synonymGuesser } from './guesses.ts';
import { MOST_SLOTS, type Alternative, type Plan, type Slot } from './plan.ts';
import type { Synonyms } from './synonyms.ts';

/** A query as the words that count; the index has not been asked yet. */
export interface Understood {
  readonly ideas: readonly Idea[];
  readonly nameKey: string;
  readonly kinds: readonly string[];
  readonly skuKey?: string | undefined;
}

/** A word, or several with a common synonym, with all ways to say it. */
export interface Idea {
  readonly ways: readonly Way[];
  /** The terms of its words as they were typed, in each of which they may occur; none for a synonym, whose words staff chose. */
  readonly typed: readonly (readonly string[])[];
  /** What may have been meant instead. */
  readonly guesses: () => readonly Alternative[];
}

/** Terms that must all match, and how close they are to what was said, at most 1. */
type Way = Pick<Alternative, 'terms' | 'weight'>;

const SYNONYM = 0.9;
/** `a1h` as `a`, `1`, `h`: they may belong to different words. */
const PARTS = 0.4;

/** How often a term occurs, in documents; and of how many documents. */
export interface Frequencies {
  readonly of: ReadonlyMap<string, number>;
  readonly documents: number;
}

const WORDS_THAT_SAY_NOTHING = new Set(
  [
    'a about an and any are as at be but by do does for from has have her his how i if in into is it its me my',
    'need of on or our so some something than that the their them they this to want what when which while who',
    'will with without you your',
  ].flatMap((words) => words.split(' ')),
);
/** Characters of a query that are read. */
const LONGEST_QUERY = 200;
const SHORTEST_SKU = 4;
const LONGEST_SKU = 40;

export const understand = (query: string, synonyms: Synonyms): Understood => {
  const text = query.slice(0, LONGEST_QUERY);
  const chunks = chunksOf(text);
  const words = chunks.flatMap((chunk) => chunk.words.map((word, index) => ({ word, index, chunk })));
  const texts = words.map(({ word }) => word.text);
  const stems = words.map(({ word }) => stem(word.text));
  const meaningful = stems.some((word) => !WORDS_THAT_SAY_NOTHING.has(word));

  const guessedSynonyms = synonymGuesser(synonyms, stems);

  const ideas: Idea[] = [];
  for (let at = 0; at < words.length && ideas.length < MOST_SLOTS;) {
    const here = words[at];
    if (!here) break;
    const synonym = synonyms.find(stems, at);
    if (synonym) {
      const said = stems.slice(at, at + synonym.length).join(' ');
      ideas.push({
        ways: [
          ...synonym.members.map((terms) => ({ terms, weight: terms.join(' ') === said ? 1 : SYNONYM })),
          ...(synonym.length === 1 ? compoundsAt(texts, at) : []),
        ],
        typed: [],
        guesses: () => (synonym.length === 1 ? guessesOf(here.word.text) : []),
      });
      at += synonym.length;
    } else if (here.index === 0 && here.chunk.words.length > 1) {
      // Hyphenated: also as one word.
      const parts = here.chunk.words.flatMap(termsOfWord);
      ideas.push({
        ways: [parts, [stem(here.chunk.joined)]].map((terms) => ({ terms, weight: 1 })),
        typed: [parts],
        guesses: () => guessesOf(here.chunk.joined),
      });
      at += here.chunk.words.length;
    } else {
      const place = at;
      if (!meaningful || !WORDS_THAT_SAY_NOTHING.has(stems[at] ?? ''))
        ideas.push({
          ways: [...waysOfWord(here.word), ...compoundsAt(texts, at)],
          typed: waysOfWord(here.word).map(({ terms }) => terms),
          guesses: () => [...guessesOf(here.word.text), ...guessedSynonyms(place)],
        });
      at += 1;
    }
  }
  const [only] = ideas;
  const kinds = ideas.length === 1 && only ? only.ways.map(({ terms }) => terms.join(' ')) : [];
  return {
    ideas,
    nameKey: nameKey(text),
    kinds: [...new Set([kindKey(text), ...kinds])].filter((kind) => kind !== ''),
    skuKey: skuIn(text),
  };
};

const termsOfWord = ({ text, parts }: Word): string[] => (parts.length > 1 ? parts.map(stem) : [stem(text)]);

/** `a1h` also as `a`, `1` and `h`, and `512gb` as `512` and `gb`. */
const waysOfWord = (word: Word): Way[] =>
  word.parts.length > 1
    ? [
        { terms: [word.text], weight: 1 },
        { terms: termsOfWord(word), weight: PARTS },
      ]
    : [{ terms: [stem(word.text)], weight: 1 }];

/** A word joined with each of its neighbours: `head phones` are headphones. */
const compoundsAt = (texts: readonly string[], at: number): Way[] =>
  [texts.slice(Math.max(0, at - 1), at + 1), texts.slice(at, at + 2)]
    .filter((pair) => pair.length === 2 && !pair.some(hasDigit))
    .map((pair) => ({ terms: [stem(pair.join(''))], weight: 1 }));

/** The key of a SKU, if the query may be one: a digit among letters, or a hyphen. */
const skuIn = (text: string): string | undefined => {
  const key = skuKey(text);
  if (key.length < SHORTEST_SKU || key.length > LONGEST_SKU) return undefined;
  return (/\p{N}/u.test(key) && /\p{L}/u.test(key)) || /\p{L}-\p{L}/u.test(text) ? key : undefined;
};

/** All terms of a query, for their frequencies. */
export const termsIn = ({ ideas }: Understood): string[] => [
  ...new Set(ideas.flatMap(({ ways }) => ways.flatMap(({ terms }) => terms))),
];

/** What a query becomes, decided by the frequencies of its terms: small enough for a cursor. */
export interface Reading {
  /** 1 to 3 per idea; the rarer, the higher. Numbers decide. */
  readonly weights: readonly number[];
  /** Ideas that no product mentions, and that may be misspelt. */
  readonly unknown: readonly boolean[];
}

export const readWith = ({ ideas }: Understood, { of, documents }: Frequencies): Reading => {
  const counts = ideas.map(({ ways }) =>
    Math.max(...ways.map((way) => Math.min(...way.terms.map((term) => of.get(term) ?? 0)))),
  );
  return {
    weights: counts.map((count, index) =>
      hasNumber(ideas[index]) || count <= documents / 200 ? 3 : count <= documents / 20 ? 2 : 1,
    ),
    unknown: counts.map((count) => count === 0),
  };
};

/** True if products have all words as they were typed, and not only words that are put together from them. */
export const occursAsTyped = ({ ideas }: Understood, { of }: Frequencies): boolean =>
  ideas.every(
    ({ typed }) =>
      typed.length === 0 || typed.some((terms) => terms.every((term) => (of.get(term) ?? 0) > 0)),
  );

const hasNumber = (idea?: Idea): boolean => idea?.ways.some(({ terms }) => terms.some(hasDigit)) === true;

/**
 * How strictly a query is taken, from the strictest: an index is asked in turn until something is found. Only the text
 * decides, not the filters, so that choosing a value of a facet finds as many products as it says.
 */
export type Level = 'sku' | 'strong' | 'all' | 'typos' | 'any';
const LEVELS: readonly Level[] = ['sku', 'strong', 'all', 'typos', 'any'];

export const levelsOf = ({ ideas, skuKey: sku }: Understood, sort: Sort): Level[] =>
  LEVELS.filter((level) => {
    if (level === 'sku') return sku !== undefined;
    // By price, a cheap product that the description of something else mentions would come first.
    if (level === 'strong') return sort !== 'relevance';
    return level !== 'any' || ideas.length > 1;
  });

export const planOf = (
  understood: Understood,
  { weights, unknown }: Reading,
  level: Level,
  pinned: readonly string[],
): Plan => {
  const slots = understood.ideas.map(({ ways, guesses }, index): Slot => {
    const exact = ways.map((way): Alternative => ({ ...way, edits: 0, isPrefix: false }));
    const guessed = level === 'typos' || unknown[index] === true ? guesses() : [];
    return { alternatives: [...exact, ...guessed], weight: weights[index] ?? 1 };
  });
  return {
    slots,
    required: level === 'any' ? 1 : slots.length,
    fields: level === 'strong' ? STRONG_FIELDS : FIELDS,
    onlySku: level === 'sku' ? understood.skuKey : undefined,
    skuPart: understood.skuKey,
    nameKey: understood.nameKey,
    kinds: understood.kinds,
    pinned,
  };
};
