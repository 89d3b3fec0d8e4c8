import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import type { Chosen } from './selection.ts';

/** What was chosen, by entry of the browser's history, for those who come back. */
const left = new Map<string, Chosen>();
const MOST_LEFT = 50;

const leave = (entry: string, chosen: Chosen): void => {
  left.delete(entry);
  left.set(entry, chosen);
  const [oldest] = left.keys();
  if (left.size > MOST_LEFT && oldest !== undefined) left.delete(oldest);
};

/**
 * Rows of a list that are chosen. What is no longer on the page is no longer chosen.
 * @param rows of the page
 */
export const useSelection = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) => {
  const entry = useLocation({ select: ({ state }) => state.__TSR_key ?? '' });
  const [selected, setSelected] = useState<Chosen>(() => left.get(entry) ?? new Set());
  const change = (chosen: Chosen): void => {
    leave(entry, chosen);
    setSelected(chosen);
  };
  return {
    selected,
    change,
    chosen: rows.filter((row) => selected.has(keyOf(row))),
    clear: () => change(new Set()),
  };
};
