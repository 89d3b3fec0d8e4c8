/**
 * Many JSON texts as one parameter, with record separators between them, which JSON never contains (as in RFC 7464). In an array
 * each of their quotes would be escaped here, and read byte by byte there.
 */
export const jsonSequence = (texts: readonly string[]): string => texts.join('\x1e');

/** SQL for the `text[]` in a parameter, such as `$1`. */
export const fromJsonSequence = (param: string): string =>
  String.raw`string_to_array(${param}::text, E'\x1e')`;
