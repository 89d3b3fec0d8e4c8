import { FIELD_WEIGHTS, FIELDS, type Field } from '../../core/domain/document.ts';
import { TIERS, type Alternative, type Plan, type Slot } from '../../core/query/plan.ts';
import type { Segment } from './segment.ts';
import type { Resemblance } from './vocabulary.ts';

/** Products that match a plan's text, each once, with their scores before the boost. */
export interface Scored {
  readonly ordinals: readonly number[];
  /** By ordinal. */
  readonly scores: Float32Array;
}

/** The best weight of a set of fields, by its bits. */
const weightsOf = (fields: readonly Field[]): Float32Array =>
  Float32Array.from({ length: 1 << FIELDS.length }, (_, bits) =>
    Math.max(
      0,
      ...FIELDS.map((field, index) =>
        bits & (1 << index) && fields.includes(field) ? FIELD_WEIGHTS[field] : 0,
      ),
    ),
  );

/** Matches a plan against a segment. */
export const score = (segment: Segment, plan: Plan): Scored => {
  const { length } = segment.table;
  const scores = new Float32Array(length);
  const matched = new Uint8Array(length);
  const touched: number[] = [];
  const isTouched = new Uint8Array(length);
  const touch = (ordinal: number): void => {
    if (isTouched[ordinal] === 1) return;
    isTouched[ordinal] = 1;
    touched.push(ordinal);
  };
  if (plan.onlySku !== undefined) {
    const found = liveOf(segment, segment.skus.find(plan.onlySku)?.ordinals);
    return { ordinals: found, scores };
  }
  const weights = weightsOf(plan.fields);
  for (const slot of plan.slots) {
    for (const [ordinal, best] of bestOf(segment, slot, weights)) {
      touch(ordinal);
      scores[ordinal] = (scores[ordinal] ?? 0) + best * slot.weight;
      matched[ordinal] = (matched[ordinal] ?? 0) + 1;
    }
  }
  /** These are found whatever slots they match. */
  const lift = (ordinals: readonly number[], tier: number): void => {
    for (const ordinal of ordinals) {
      touch(ordinal);
      scores[ordinal] = (scores[ordinal] ?? 0) + tier;
      matched[ordinal] = plan.required;
    }
  };
  if (plan.skuPart !== undefined)
    lift(liveOf(segment, segment.skuParts.find(plan.skuPart)?.ordinals), TIERS.skuPart);
  for (const [place, productId] of plan.pinned.entries()) {
    const ordinal = segment.ordinalOf(productId);
    if (ordinal !== undefined) lift([ordinal], TIERS.pinned * (plan.pinned.length - place));
  }
  const found = touched.filter(
    (ordinal) => (matched[ordinal] ?? 0) >= plan.required && segment.table.isLive.at(ordinal) === 1,
  );
  const kinds = new Set(plan.kinds.flatMap((kind) => liveOf(segment, segment.kinds.find(kind)?.ordinals)));
  for (const ordinal of found) {
    const name = segment.table.nameKeys[ordinal] ?? '';
    if (name === plan.nameKey) scores[ordinal] = (scores[ordinal] ?? 0) + TIERS.exactName;
    else if (name.startsWith(`${plan.nameKey} `)) scores[ordinal] = (scores[ordinal] ?? 0) + TIERS.namePrefix;
    if (kinds.has(ordinal)) scores[ordinal] = (scores[ordinal] ?? 0) + TIERS.kind;
  }
  return { ordinals: found, scores };
};

const liveOf = (
  { table }: Segment,
  ordinals: { readonly length: number; at(index: number): number } | undefined,
): number[] => {
  const found: number[] = [];
  for (let index = 0; index < (ordinals?.length ?? 0); index += 1) {
    const ordinal = ordinals?.at(index) ?? 0;
    if (table.isLive.at(ordinal) === 1) found.push(ordinal);
  }
  return found;
};

/** The score of each product that matches a slot: that of its best alternative. */
const bestOf = (segment: Segment, { alternatives }: Slot, weights: Float32Array): Map<number, number> => {
  const best = new Map<number, number>();
  for (const alternative of alternatives)
    for (const [ordinal, value] of scoresOf(segment, alternative, weights))
      if (value > (best.get(ordinal) ?? 0)) best.set(ordinal, value);
  return best;
};

/** The score of each product that has all terms of an alternative: the mean of theirs. */
const scoresOf = (
  segment: Segment,
  { terms, weight, edits, isPrefix }: Alternative,
  weights: Float32Array,
): Map<number, number> => {
  let found: Map<number, number> | undefined;
  for (const term of terms) {
    const mine = new Map<number, number>();
    for (const { posting, distance } of meaningsOf(segment, term, edits, isPrefix)) {
      const { ordinals, fields } = posting;
      for (let index = 0; index < ordinals.length; index += 1) {
        const ordinal = ordinals.at(index);
        const value = ((weights[fields.at(index)] ?? 0) * weight) / (1 + distance / 4);
        if (value === 0 || (found && !found.has(ordinal))) continue;
        if (value > (mine.get(ordinal) ?? 0)) mine.set(ordinal, value);
      }
    }
    if (found) for (const [ordinal, value] of mine) mine.set(ordinal, value + (found.get(ordinal) ?? 0));
    found = mine;
  }
  const all = found ?? new Map<number, number>();
  if (terms.length > 1) for (const [ordinal, value] of all) all.set(ordinal, value / terms.length);
  return all;
};

const meaningsOf = ({ words }: Segment, term: string, edits: number, isPrefix: boolean): Resemblance[] => {
  if (isPrefix) return words.beginningWith(term);
  if (edits > 0) return words.resembling(term, edits);
  const posting = words.find(term);
  return posting ? [{ posting, distance: 0 }] : [];
};
