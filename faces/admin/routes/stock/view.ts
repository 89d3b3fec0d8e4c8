/** What the sheet shows, as it is in the URL. */
export interface StockView {
  readonly low?: true | undefined;
  /** Beginnings of words of the name, the attributes or the SKU. */
  readonly q?: string | undefined;
  /** The ID of a category. */
  readonly category?: string | undefined;
  /** The ID of the variant whose history is open. */
  readonly item?: string | undefined;
}

const LONGEST_SEARCH = 200;

/** From the search parameters of any URL: what is not understood is ignored. */
export const parseStockView = ({ low, q, category, item }: Record<string, unknown>): StockView => {
  const text = typeof q === 'number' ? String(q) : q;
  const view = {
    low: low === true ? true : undefined,
    q: typeof text === 'string' && text.trim() !== '' ? text.slice(0, LONGEST_SEARCH) : undefined,
    category: idIn(category),
    item: idIn(item),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
};

const idIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\da-f-]{36}$/i.test(value) ? value : undefined;
