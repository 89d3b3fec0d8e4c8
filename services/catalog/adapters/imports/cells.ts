/** A list in a cell, separated by `|`. A backslash makes the next bar, backslash or blank part of an item. */
export const joined = (items: readonly string[]): string =>
  items.map((item) => item.replace(/[\\|]|^\s+|\s+$/g, (part) => part.replace(/./gs, '\\$&'))).join('|');

export const listed = (cell: string): string[] => slots(cell).filter((item) => item !== '');

/** As `listed`, but with the empty items: each says something about its place. */
export const slots = (cell: string): string[] => {
  const items: string[] = [];
  let item = '';
  let kept = 0; // its length without the blanks at its end
  const close = (): void => {
    items.push(item.slice(0, kept));
    item = '';
    kept = 0;
  };
  for (let at = 0; at < cell.length; at += 1) {
    const mark = cell.charAt(at);
    if (mark === '|') close();
    else if (mark === '\\' && /[\\|\s]/.test(cell.charAt(at + 1))) {
      at += 1;
      item += cell.charAt(at);
      kept = item.length;
    } else if (!/\s/.test(mark)) {
      item += mark;
      kept = item.length;
    } else if (item !== '') item += mark;
  }
  close();
  return items;
};
