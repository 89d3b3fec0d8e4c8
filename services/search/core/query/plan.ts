import type { Field } from '../domain/document.ts';

/** What an index looks for. Both indexes translate it; neither analyses text. */
export interface Plan {
  /** One per idea in the query. */
  readonly slots: readonly Slot[];
  /** Slots that must match. */
  readonly required: number;
  readonly fields: readonly Field[];
  /** Products with this SKU, and no others. */
  readonly onlySku?: string | undefined;
  /** Also finds SKUs that begin with this, up to a hyphen. */
  readonly skuPart?: string | undefined;
  /** Ranks names equal to this key first, and then those that begin with it. */
  readonly nameKey: string;
  /** Ranks things of these kinds higher. */
  readonly kinds: readonly string[];
  /** Product IDs that are found in any case, and rank first in this order. */
  readonly pinned: readonly string[];
}

/** It matches if one of its alternatives does, and scores as the best of them. */
export interface Slot {
  readonly alternatives: readonly Alternative[];
  /** 1 to 3: the rarer its words, the higher. */
  readonly weight: number;
}

/** It matches if all its terms do, each in any of the plan's fields. */
export interface Alternative {
  readonly terms: readonly string[];
  /** At most 1: less than that for typing errors and unfinished words. */
  readonly weight: number;
  /** Letters that may be inserted, left out, replaced or swapped with their neighbour: 0, 1 or 2. */
  readonly edits: number;
  /** True if a term need only begin with it. */
  readonly isPrefix: boolean;
}

/**
 * Scores that are added to those of the slots, which are at most 3 each. Each but the last is larger than all that follow
 * and the slots together, even with the highest boost.
 */
export const TIERS = { pinned: 10_000, skuPart: 1_000, exactName: 300, namePrefix: 120, kind: 20 } as const;
/** Slots of a plan. */
export const MOST_SLOTS = 12;
