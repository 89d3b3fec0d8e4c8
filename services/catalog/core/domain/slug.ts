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

/** The slug, or the first of `slug-2`, `slug-3`, … that is not taken. */
export const freeSlug = (slug: string, isTaken: (slug: string) => boolean): string => {
  let free = slug;
  for (let count = 2; isTaken(free); count += 1) {
    const ending = `-${count}`;
    free = `${slug.slice(0, LONGEST - ending.length).replace(/-$/, '')}${ending}`;
  }
  return free;
};
