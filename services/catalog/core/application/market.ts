import type { Market, ProductDraft } from '../domain/product.ts';
import type { PriceList } from '../domain/price-list.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';

/** What the shop sells in, with those of the price lists that exist. */
export const marketWith = async (
  { priceLists }: { readonly priceLists: Pick<CatalogTx['priceLists'], 'byName'> },
  currencies: ReadonlySet<string>,
  codes: Iterable<string>,
): Promise<Market> => {
  const found = new Map<string, PriceList>();
  for (const code of new Set(codes)) {
    const list = await priceLists.byName(code);
    if (list && !list.isDeleted) found.set(code, list);
  }
  return { currencies, priceLists: found };
};

/** The price lists that a draft names. */
export const codesIn = ({ variants }: ProductDraft): string[] =>
  variants.flatMap(({ prices = {} }) => Object.keys(prices));
