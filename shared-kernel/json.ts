type Json<T> = T extends Date ? string : T;

/** The JSON form of `T`, with dates as text. Converts top-level properties only. */
export type InJson<T> = { readonly [Name in keyof T]: Json<T[Name]> };

/** The JSON text of a value, the same for the same content: without blanks, the properties of each object by name. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
