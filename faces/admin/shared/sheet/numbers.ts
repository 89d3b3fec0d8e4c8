/** What separates decimals in a language: `,` in German, `.` in English. */
export const decimalMarkOf = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';

/**
 * A number as people and spreadsheets write it: `1,234.50`, `1.234,50`, `1 234,5`, `1'234`. Where one mark alone could be either,
 * as in `1.234`, the language decides. Undefined if it is no number.
 */
export const parseNumber = (text: string, locale: string): number | undefined => {
  const bare = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^\u2212/, '-');
  if (!/^[+-]?\d[\d.,]*$/.test(bare) && !/^[+-]?[.,]\d+$/.test(bare)) return undefined;
  const mark = markIn(bare, locale);
  const [whole = '', decimals, ...more] = mark === undefined ? [bare] : bare.split(mark);
  if (more.length > 0 || (decimals !== undefined && !/^\d*$/.test(decimals)) || !isGrouped(whole))
    return undefined;
  return Number(`${whole.replace(/[.,]/g, '')}.${decimals ?? ''}`.replace(/\.$/, ''));
};

/** The mark before the decimals; undefined if there is none. */
const markIn = (text: string, locale: string): string | undefined => {
  const last = /[.,](?=[^.,]*$)/.exec(text)?.[0];
  if (last === undefined) return undefined;
  const other = last === '.' ? ',' : '.';
  if (text.includes(other)) return last;
  if (text.split(last).length > 2) return undefined; // 1.234.567
  return /[.,]\d{3}$/.test(text) && /^[+-]?[1-9]\d{0,2}[.,]/.test(text) && last !== decimalMarkOf(locale)
    ? undefined
    : last;
};

/** Marks in front of the decimals separate groups of three, all by the same mark. */
const isGrouped = (whole: string): boolean => /^[+-]?(\d*|\d{1,3}((\.\d{3})+|(,\d{3})+))$/.test(whole);
