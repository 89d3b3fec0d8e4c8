import type { Listing, Variant } from '#search/core/domain/listing.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32, public domain). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const SYLLABLES =
  'ba be bo da de do fa fi go ha ka ke ki la le li lo ma me mo na ne no pa pe po ra re ri ro sa se so ta te to va ve vi zo'.split(
    ' ',
  );
const WORDS = 30_000;
const COLOURS = 'Black White Silver Red Blue Green Yellow Grey Brown Pink Orange Purple'.split(' ');
const SIZES = 'XS S M L XL XXL'.split(' ');
const MATERIALS = 'Cotton Wool Steel Oak Leather Glass Linen Nylon'.split(' ');
const DAY = 86_400_000;

/** A vocabulary in which few words are frequent and many are rare, as in a language. */
const makeWords = (random: () => number): (() => string) => {
  const words = Array.from({ length: WORDS }, () =>
    Array.from(
      { length: 2 + Math.floor(random() * 3) },
      () => SYLLABLES[Math.floor(random() * SYLLABLES.length)],
    ).join(''),
  );
  // Zipf's law: the word of rank r is used in proportion to 1/r.
  return () => words[Math.floor(WORDS ** random()) - 1] ?? 'word';
};

/** `count` products of four variants each, as listings, the same for each run. */
export function* products(count: number, seed = 1): Generator<Listing> {
  const random = randomFrom(seed);
  const word = makeWords(random);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const text = (words: number): string => Array.from({ length: words }, word).join(' ');
  const title = (words: number): string => text(words).replace(/\b\w/g, (letter) => letter.toUpperCase());
  const categories = Array.from({ length: 20 }, () => ({
    name: title(1),
    subcategories: Array.from({ length: 10 }, () => title(1)),
  }));
  const brands = Array.from({ length: 500 }, () => title(1));
  for (let index = 0; index < count; index += 1) {
    const category = pick(categories);
    const number = index.toString(36).toUpperCase().padStart(5, '0');
    const price = 1 + Math.floor(random() * 50_000) / 100;
    const variants = Array.from({ length: 4 }, (_, place): Variant => ({
      variantId: `v-${index}-${place}`,
      sku: `${number.slice(0, 2)}-${number.slice(2)}-${place}`,
      attributes: { colour: pick(COLOURS), size: pick(SIZES), material: pick(MATERIALS) },
      price: price + place,
      currency: 'EUR',
      images: [`/media/${index}.jpg`],
    }));
    yield {
      productId: `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
      revision: 1,
      product: {
        name: title(3),
        description: text(30),
        category: category.name,
        subcategory: pick(category.subcategories),
        tags: [text(1), text(1)],
        brand: pick(brands),
        specifications: { weight: `${Math.floor(random() * 100)} kg`, origin: title(1) },
        variants,
        createdAt: new Date(Date.UTC(2026, 0, 1) - Math.floor(random() * 1_000) * DAY).toISOString(),
      },
      available: new Set(variants.map(({ sku }) => sku).filter(() => random() < 0.8)),
      rating: { average: 1 + Math.floor(random() * 9) / 2, count: Math.floor(random() * 200) },
      sold: Math.floor(random() ** 4 * 5_000),
    };
  }
}
