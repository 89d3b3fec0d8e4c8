import anyAscii from 'any-ascii';

const LONGEST = 120;

/** The part of an address that names a thing: `Bücher & Karten` becomes `bucher-karten`; `fallback` if nothing is left of it. */
export const slugOf = (name: string, fallback: string): string => {
  const words =
    anyAscii(name)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const slug = words.join('-').slice(0, LONGEST).replace(/-$/, '');
  return slug === '' ? fallback : slug;
};

/** The unique name of the document with this slug. */
export const bySlug = (slug: string): string => `slug:${slug}`;

/** The slug, then `slug-2`, `slug-3`, … without end, for the first that is not taken. */
export function* slugsFrom(slug: string): Generator<string, never> {
  yield slug;
  for (let count = 2; ; count += 1) {
    const ending = `-${count}`;
    yield `${slug.slice(0, LONGEST - ending.length).replace(/-$/, '')}${ending}`;
  }
}
