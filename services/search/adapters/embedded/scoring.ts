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

/** Matches a plan against a segment. */
export const score = (segment: Segment, plan: Plan): Scored => {
  const { table } = segment;
  const scores = new Float32Array(table.length);
  const isLive = (ordinal: number): boolean => table.isLive.at(ordinal) === 1;
  if (plan.onlySku !== undefined) return { ordinals: segment.skus.find(plan.onlySku).filter(isLive), scores };

  const matched = new Uint8Array(table.length);
  const best = new Float32Array(table.length);
  const weights = weightsOf(plan.fields);
  const touched: number[] = [];
  for (const [place, { alternatives, weight }] of plan.slots.entries()) {
    // If it can miss no slot, only products that have matched all before may still match.
    const isLost = (ordinal: number): boolean =>
      plan.required > place && (matched[ordinal] ?? 0) < plan.required - (plan.slots.length - place);
    const found: number[] = [];
    const offer = (ordinal: number, value: number): void => {
      const known = best[ordinal] ?? 0;
      if (value <= known || isLost(ordinal)) return;
      if (known === 0) found.push(ordinal);
      best[ordinal] = value;
    };
    for (const alternative of alternatives) match(segment, alternative, weights, offer);
    for (const ordinal of found) {
      if (matched[ordinal] === 0) touched.push(ordinal);
      matched[ordinal] = (matched[ordinal] ?? 0) + 1;
      scores[ordinal] = (scores[ordinal] ?? 0) + (best[ordinal] ?? 0) * weight;
      best[ordinal] = 0;
    }
  }
  /** Adds to a score; with `isFound`, whatever slots the product matches. */
  const lift = (ordinal: number, tier: number, isFound: boolean): void => {
    if (isFound && matched[ordinal] === 0) touched.push(ordinal);
    if (isFound) matched[ordinal] = plan.slots.length;
    scores[ordinal] = (scores[ordinal] ?? 0) + tier;
  };
  if (plan.skuPart !== undefined)
    for (const ordinal of segment.skuParts.find(plan.skuPart)) lift(ordinal, TIERS.skuPart, true);
  for (const [place, productId] of plan.pinned.entries()) {
    const ordinal = segment.ordinalOf(productId);
    if (ordinal !== undefined) lift(ordinal, TIERS.pinned * (plan.pinned.length - place), true);
  }
  for (const ordinal of new Set(plan.kinds.flatMap((kind) => segment.kinds.find(kind))))
    lift(ordinal, TIERS.kind, false);
  const ordinals = touched.filter((ordinal) => (matched[ordinal] ?? 0) >= plan.required && isLive(ordinal));
  for (const ordinal of ordinals) {
    const name = table.nameKeys[ordinal] ?? '';
    if (name === plan.nameKey) lift(ordinal, TIERS.exactName, false);
    else if (name.startsWith(`${plan.nameKey} `)) lift(ordinal, TIERS.namePrefix, false);
  }
  return { ordinals, scores };
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
  offer: (ordinal: number, value: number) => void,
): void => {
  const [first, ...others] = terms.map((term) => meaningsOf(segment, term, edits, isPrefix)).sort(byLength);
  if (!first) return;
  const visit = (meanings: readonly Resemblance[], take: (ordinal: number, value: number) => void): void => {
    for (const { start, end, distance } of meanings) {
      for (let at = start; at < end; at += 1) {
        const entry = segment.words.entries.at(at);
        const value = ((weights[entry & (2 ** FIELD_BITS - 1)] ?? 0) * weight) / (1 + distance / 4);
        if (value > 0) take(entry >>> FIELD_BITS, value);
      }
    }
  };
  if (others.length === 0) {
    visit(first, offer);
    return;
  }
  let sums = new Map<number, number>();
  visit(first, (ordinal, value) => sums.set(ordinal, Math.max(value, sums.get(ordinal) ?? 0)));
  for (const meanings of others) {
    const mine = new Map<number, number>();
    visit(meanings, (ordinal, value) => {
      if (sums.has(ordinal)) mine.set(ordinal, Math.max(value, mine.get(ordinal) ?? 0));
    });
    for (const [ordinal, value] of mine) mine.set(ordinal, value + (sums.get(ordinal) ?? 0));
    sums = mine;
  }
  for (const [ordinal, sum] of sums) offer(ordinal, sum / terms.length);
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
