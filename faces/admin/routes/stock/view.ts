/** What the sheet shows, as it is in the URL. */
export interface StockView {
  readonly low?: true | undefined;
  /** Part of a SKU. */
  readonly q?: string | undefined;
}

export const parseStockView = ({ low, q }: Record<string, unknown>): StockView => ({
  ...(low === true ? { low: true } : {}),
  ...(typeof q === 'string' && q.trim() !== '' ? { q } : typeof q === 'number' ? { q: String(q) } : {}),
});
