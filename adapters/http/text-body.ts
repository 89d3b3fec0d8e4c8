import { HttpProblem } from './problem.ts';

/** Encodings with their byte order marks, which take precedence over the content type. */
const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const markedAs = (bytes: Uint8Array): string | undefined =>
  MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];

const namedIn = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];

const decoderOf = (encoding: string) => {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', `The encoding ${encoding} is not supported.`);
  }
};

/**
 * Decodes bytes in the encoding of their byte order mark, or else the content type's `charset`, or else UTF-8. Invalid bytes
 * are refused, never replaced.
 * @throws HttpProblem
 */
export const decodeText = (bytes: Uint8Array, contentType: string): string => {
  const encoding = markedAs(bytes) ?? namedIn(contentType) ?? 'utf-8';
  const decoder = decoderOf(encoding);
  try {
    return decoder.decode(bytes);
  } catch {
    const detail = `The text is not ${decoder.encoding.toUpperCase()}. Name its encoding in Content-Type, as in "text/csv; charset=windows-1252".`;
    throw new HttpProblem('MALFORMED_BODY', detail);
  }
};
