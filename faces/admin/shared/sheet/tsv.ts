/** Tab-separated cells, as Excel, LibreOffice Calc and Google Sheets put them on the clipboard. */

/** Cells that contain tabs, line breaks or quotes are quoted, with quotes doubled; lines end with LF or CRLF. */
export const parseTsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = (): void => {
    rows.push(row);
    row = [];
  };
  while (at <= text.length) {
    const cell = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === '\t') at += 1;
    else {
      endRow();
      at += text.startsWith('\r\n', at) ? 2 : 1;
      if (at >= text.length) break; // the last line may have an end
    }
  }
  return rows;
};

interface Cell {
  readonly value: string;
  /** Where its separator is. */
  readonly end: number;
}

const plain = (text: string, start: number): Cell => {
  const length = text.slice(start).search(/[\t\r\n]/);
  const end = length < 0 ? text.length : start + length;
  return { value: text.slice(start, end), end };
};

/** A quote at the beginning of a cell that never ends is a character like any other. */
const quoted = (text: string, start: number): Cell => {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text.charAt(at);
    else if (text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else
      return /^([\t\r\n]|$)/.test(text.slice(at + 1, at + 2)) ? { value, end: at + 1 } : plain(text, start);
  }
  return plain(text, start);
};

export const formatTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(quote).join('\t')).join('\r\n');

const quote = (cell: string): string => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
