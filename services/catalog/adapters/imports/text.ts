/** Characters: read without a pause. */
const PIECE = 64 * 1024;

/** A text in pieces between which others may have their turn. */
export function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}
