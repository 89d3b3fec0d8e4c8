import { useState } from 'react';
import type { Chosen } from './selection.ts';

/**
 * Rows of a list that are chosen. What is no longer on the page is no longer chosen.
 * @param rows of the page
 */
export const useSelection = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) => {
  const [selected, change] = useState<Chosen>(new Set());
  return {
    selected,
    change,
    chosen: rows.filter((row) => selected.has(keyOf(row))),
    clear: () => change(new Set()),
  };
};
