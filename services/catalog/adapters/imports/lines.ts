/** A line with the characters that end it; none at the end of the text. */
export interface Line {
  readonly text: string;
  readonly end: string;
}

/** Splits text into lines as it arrives, with any line ending. */
export class LineReader {
  readonly #longest: number;
  #rest = '';

  /** @param longest characters of a line that are kept; the caller refuses lines that are longer */
  constructor(longest: number) {
    this.#longest = longest;
  }

  push(text: string): Line[] {
    const all = this.#rest + text;
    const lines: Line[] = [];
    const end = /\r\n?|\n/g;
    let start = 0;
    for (let found = end.exec(all); found; found = end.exec(all)) {
      if (found[0] === '\r' && end.lastIndex === all.length) break; // perhaps \n follows
      lines.push({ text: this.#cut(all.slice(start, found.index)), end: found[0] });
      start = end.lastIndex;
    }
    this.#rest = this.#cut(all.slice(start));
    return lines;
  }

  /** The last line, unless it is empty. */
  end(): Line[] {
    const end = this.#rest.endsWith('\r') ? '\r' : '';
    const text = this.#rest.slice(0, this.#rest.length - end.length);
    this.#rest = '';
    return text === '' && end === '' ? [] : [{ text, end }];
  }

  #cut(text: string): string {
    return text.length > this.#longest ? text.slice(0, this.#longest + 1) : text;
  }
}
