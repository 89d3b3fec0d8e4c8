import { FIELD_WEIGHTS, FIELDS, type Field } from '../../core/domain/document.ts';
import { TIERS, type Alternative, type Plan } from '../../core/query/plan.ts';
import type { Segment } from './segment.ts';
import { FIELD_BITS, type Resemblance } from './vocabulary.ts';

/** Products that match a plan's text, each once, with their scores before the boost. */
export interface Scored {
  readonly ordinals: readonly number[];
  /** By ordinal. */
  readonly scores: Float32Array;
}

/** Scores by ordinal, filled slot by slot. */
class Scores {
  readonly totals: Float32Array;
  /** Slots that each product matches. */
  readonly matched: Uint8Array;
  /** Products that match a slot. */
  readonly touched: number[] = [];
  /** Of the current slot: the best score of each product, and the products that have one. */
  readonly #best: Float32Array;
  #found: number[] = [];
  #least = 0;

  constructor(length: number) {
    this.totals = new Float32Array(length);
    this.matched = new Uint8Array(length);
    this.#best = new Float32Array(length);
  }

  /** Opens the next slot. Products that have matched fewer than `least` slots no longer count. */
  open(least: number): void {
    this.#least = least;
    this.#found = [];
  }

  offer(ordinal: number, score: number): void {
    const known = this.#best[ordinal] ?? 0;
    if (score <= known || (this.matched[ordinal] ?? 0) < this.#least) return;
    if (known === 0) this.#found.push(ordinal);
    this.#best[ordinal] = score;
  }

  close(weight: number): void {
    for (const ordinal of this.#found) {
      const matched = this.matched[ordinal] ?? 0;
      if (matched === 0) this.touched.push(ordinal);
      this.matched[ordinal] = matched + 1;
      this.totals[ordinal] = (this.totals[ordinal] ?? 0) + (this.#best[ordinal] ?? 0) * weight;
      this.#best[ordinal] = 0;
    }
  }

  lift(ordinal: number, tier: number): void {
    this.totals[ordinal] = (this.totals[ordinal] ?? 0) + tier;
  }

  /** Lifts a product that is found whatever slots it matches. */
  find(ordinal: number, tier: number, slots: number): void {
    if (this.matched[ordinal] === 0) this.touched.push(ordinal);
    this.matched[ordinal] = slots;
    this.lift(ordinal, tier);
  }
}

/** Matches a plan against a segment. */
export const score = (segment: Segment, plan: Plan): Scored => {
  const { table } = segment;
  const isLive = table.isLive.values;
  const { onlySku, required, slots, nameKey } = plan;
  if (onlySku !== undefined) {
    const ordinals = segment.skus.find(onlySku).filter((ordinal) => isLive[ordinal] === 1);
    return { ordinals, scores: new Float32Array(table.length) };
  }
  const scores = new Scores(table.length);
  const weights = weightsOf(plan.fields);
  for (const [place, { alternatives, weight }] of slots.entries()) {
    // If it can miss no slot, only products that have matched all before may still match.
    scores.open(required > place ? required - (slots.length - place) : 0);
    for (const alternative of alternatives) match(segment, alternative, weights, scores);
    scores.close(weight);
  }
  if (plan.skuPart !== undefined)
    for (const ordinal of segment.skuParts.find(plan.skuPart))
      scores.find(ordinal, TIERS.skuPart, slots.length);
  for (const [place, productId] of plan.pinned.entries()) {
    const ordinal = segment.ordinalOf(productId);
    if (ordinal !== undefined)
      scores.find(ordinal, TIERS.pinned * (plan.pinned.length - place), slots.length);
  }
  for (const ordinal of new Set(plan.kinds.flatMap((kind) => segment.kinds.find(kind))))
    scores.lift(ordinal, TIERS.kind);
  const ordinals = scores.touched.filter(
    (ordinal) => (scores.matched[ordinal] ?? 0) >= required && isLive[ordinal] === 1,
  );
  const beginning = `${nameKey} `;
  for (const ordinal of ordinals) {
    const name = table.nameKeys[ordinal] ?? '';
    if (name === nameKey) scores.lift(ordinal, TIERS.exactName);
    else if (name.startsWith(beginning)) scores.lift(ordinal, TIERS.namePrefix);
  }
  return { ordinals, scores: scores.totals };
};

/** The weight of the best of a set of fields, by its bits. */
const weightsOf = (fields: readonly Field[]): Float32Array =>
  Float32Array.from({ length: 2 ** FIELD_BITS }, (_, bits) =>
    Math.max(
      0,
      ...FIELDS.map((field, index) =>
        bits & (1 << index) && fields.includes(field) ? FIELD_WEIGHTS[field] : 0,
      ),
    ),
  );

/** Offers each product that has all terms of an alternative, with the mean of the terms' scores. */
const match = (
  segment: Segment,
  { terms, weight, edits, isPrefix }: Alternative,
  weights: Float32Array,
  scores: Pick<Scores, 'offer'>,
): void => {
  const [first, ...others] = terms.map((term) => meaningsOf(segment, term, edits, isPrefix)).sort(byLength);
  if (!first) return;
  if (others.length === 0) return visit(segment, first, weight, weights, scores);
  let sums = new Sums();
  visit(segment, first, weight, weights, sums);
  for (const meanings of others) {
    const more = new Sums(sums);
    visit(segment, meanings, weight, weights, more);
    sums = more;
  }
  for (const [ordinal, sum] of sums.result()) scores.offer(ordinal, sum / terms.length);
};

/** The sums of the scores of several terms, of the products that have all of them. */
class Sums {
  readonly #best = new Map<number, number>();
  readonly #before: ReadonlyMap<number, number> | undefined;

  constructor(before?: Sums) {
    this.#before = before && new Map(before.result());
  }

  offer(ordinal: number, score: number): void {
    if (this.#before?.has(ordinal) === false) return;
    if (score > (this.#best.get(ordinal) ?? 0)) this.#best.set(ordinal, score);
  }

  *result(): Generator<[number, number]> {
    for (const [ordinal, best] of this.#best) yield [ordinal, best + (this.#before?.get(ordinal) ?? 0)];
  }
}

/** Offers each product that has one of the words. */
const visit = (
  { words }: Segment,
  meanings: readonly Resemblance[],
  weight: number,
  weights: Float32Array,
  scores: Pick<Scores, 'offer'>,
): void => {
  const entries = words.entries.values;
  for (const { start, end, distance } of meanings) {
    const factor = weight / (1 + distance / 4);
    for (let at = start; at < end; at += 1) {
      const entry = entries[at] ?? 0;
      const value = (weights[entry & (2 ** FIELD_BITS - 1)] ?? 0) * factor;
      if (value > 0) scores.offer(entry >>> FIELD_BITS, value);
    }
  }
};

const byLength = (a: readonly Resemblance[], b: readonly Resemblance[]): number =>
  entriesOf(a) - entriesOf(b);

const entriesOf = (meanings: readonly Resemblance[]): number =>
  meanings.reduce((sum, { start, end }) => sum + end - start, 0);

const meaningsOf = ({ words }: Segment, term: string, edits: number, isPrefix: boolean): Resemblance[] => {
  if (isPrefix) return words.beginningWith(term);
  if (edits > 0) return words.resembling(term, edits);
  const posting = words.find(term);
  return posting ? [{ ...posting, distance: 0 }] : [];
};
