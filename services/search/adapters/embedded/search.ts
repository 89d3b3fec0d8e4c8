import type { Sort } from '../../core/domain/filters.ts';
import type { IndexPage, IndexPosition, IndexRequest } from '../../core/ports/product-index.ts';
import { FacetCounter } from './facets.ts';
import { score } from './scoring.ts';
import type { Segment } from './segment.ts';
import { NONE, SEVERAL, Sieve } from './sieve.ts';
import type { Table } from './table.ts';

/** Sort values of a product; that of prices is its own, as it depends on the filters. */
const VALUES: Readonly<
  Record<
    Exclude<Sort, 'price_asc' | 'price_desc'>,
    (table: Table, ordinal: number, textScore: number) => number
  >
> = {
  relevance: (table, ordinal, textScore) => round((1 + textScore) * table.boost.at(ordinal)),
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
  const { plan, filters, sort, limit, after, facets: choice } = request;
  const { table } = segment;
  const scored = plan ? score(segment, plan) : undefined;
  const ordinals = scored?.ordinals ?? everything(segment);
  const sieve = new Sieve(table, filters);
  const facets = choice ? new FacetCounter(table, sieve, choice) : undefined;
  const page = new Top(limit + 1, sort === 'price_asc', after);
  const valueOf =
    sort === 'price_asc' || sort === 'price_desc'
      ? (ordinal: number) => priceOf(table, ordinal, sieve.failed, sort)
      : (ordinal: number) => VALUES[sort](table, ordinal, scored?.scores[ordinal] ?? 0);
  let total = 0;
  for (const ordinal of ordinals) {
    sieve.examine(ordinal);
    if (sieve.least === SEVERAL) continue;
    facets?.add(ordinal);
    if (sieve.least !== NONE) continue;
    total += 1;
    page.offer(valueOf(ordinal), table.productIds[ordinal] ?? '');
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

/** The lowest or the highest price of the variants that pass all filters. */
const priceOf = (
  table: Table,
  ordinal: number,
  failed: Uint16Array,
  sort: 'price_asc' | 'price_desc',
): number => {
  const first = table.variants.starts.at(ordinal);
  const end = table.variants.starts.at(ordinal + 1);
  let best = sort === 'price_asc' ? Infinity : -Infinity;
  for (let variant = first; variant < end; variant += 1) {
    const price = table.price.at(variant);
    if (failed[variant - first] === NONE && (sort === 'price_asc' ? price < best : price > best))
      best = price;
  }
  return best;
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
    const last = this.items[this.#size - 1];
    if (last && (this.#isAscending ? value > last.value : value < last.value)) return;
    const position = { value, productId };
    if (this.#after && this.#compare(position, this.#after) <= 0) return;
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
