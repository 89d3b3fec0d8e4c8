import type { Sort } from '../../core/domain/filters.ts';
import type { IndexPage, IndexPosition, IndexRequest } from '../../core/ports/product-index.ts';
import { FacetCounter, Sieve } from './facets.ts';
import { score } from './scoring.ts';
import type { Segment } from './segment.ts';
import type { Table } from './table.ts';

/** A sort value from all of a product, or from its variants that pass the filters. */
const VALUES: Readonly<
  Record<Sort, (table: Table, ordinal: number, textScore: number, prices: readonly number[]) => number>
> = {
  relevance: (table, ordinal, textScore) => round((1 + textScore) * table.boost.at(ordinal)),
  price_asc: (_table, _ordinal, _score, prices) => Math.min(...prices),
  price_desc: (_table, _ordinal, _score, prices) => Math.max(...prices),
  newest: (table, ordinal) => table.createdAt.at(ordinal),
  rating: (table, ordinal) => table.rating.at(ordinal),
  best_selling: (table, ordinal) => table.sold.at(ordinal),
};

/** Equal scores must be equal numbers, or a cursor would skip their products. */
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

const everything = ({ table }: Segment): number[] => {
  const found: number[] = [];
  for (let ordinal = 0; ordinal < table.length; ordinal += 1)
    if (table.isLive.at(ordinal) === 1) found.push(ordinal);
  return found;
};

export const searchSegment = (segment: Segment, request: IndexRequest): IndexPage => {
  const { plan, filters, sort, limit, after, withFacets } = request;
  const { table } = segment;
  const scored = plan ? score(segment, plan) : undefined;
  const ordinals = scored?.ordinals ?? everything(segment);
  const sieve = new Sieve(table, filters);
  const facets = withFacets ? new FacetCounter(table, sieve) : undefined;
  const page = new Top(limit + 1, sort === 'price_asc', after);
  let total = 0;
  for (const ordinal of ordinals) {
    const failed = failuresOf(table, sieve, ordinal);
    facets?.add(ordinal, failed);
    if (!failed.includes(0)) continue;
    total += 1;
    const first = table.variantsFrom(ordinal);
    const prices = failed.flatMap((bits, index) => (bits === 0 ? [table.price.at(first + index)] : []));
    page.offer(
      VALUES[sort](table, ordinal, scored?.scores[ordinal] ?? 0, prices),
      table.productIds[ordinal] ?? '',
    );
  }
  const found = page.items;
  return {
    hits: found.slice(0, limit),
    hasMore: found.length > limit,
    total,
    matches: ordinals.length,
    facets: facets?.result(),
  };
};

/** The filters that each variant of a product fails, with those that the product fails. */
const failuresOf = (table: Table, sieve: Sieve, ordinal: number): number[] => {
  const ofProduct = sieve.failuresOf(ordinal);
  const failed: number[] = [];
  for (let variant = table.variantsFrom(ordinal); variant < table.variantsTo(ordinal); variant += 1)
    failed.push(ofProduct | sieve.failuresOfVariant(variant));
  return failed;
};

/** The first `size` positions after another, in order. */
class Top {
  readonly items: IndexPosition[] = [];
  readonly #size: number;
  readonly #isAscending: boolean;
  readonly #after: IndexPosition | undefined;

  constructor(size: number, isAscending: boolean, after: IndexPosition | undefined) {
    this.#size = size;
    this.#isAscending = isAscending;
    this.#after = after;
  }

  offer(value: number, productId: string): void {
    const position = { value, productId };
    if (this.#after && this.#compare(position, this.#after) <= 0) return;
    const last = this.items[this.#size - 1];
    if (last && this.#compare(position, last) > 0) return;
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.items[middle];
      if (other && this.#compare(other, position) < 0) low = middle + 1;
      else high = middle;
    }
    this.items.splice(low, 0, position);
    if (this.items.length > this.#size) this.items.pop();
  }

  #compare(a: IndexPosition, b: IndexPosition): number {
    const byValue = this.#isAscending ? a.value - b.value : b.value - a.value;
    return byValue || (a.productId < b.productId ? -1 : a.productId > b.productId ? 1 : 0);
  }
}
