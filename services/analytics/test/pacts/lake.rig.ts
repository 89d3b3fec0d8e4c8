import { expect } from 'vitest';
import type { EventEnvelope } from '#kernel/events.ts';
import { rowOf } from '../../adapters/lake/row-of.ts';

/** Expects that a row for the lake has all of these fields of the event's payload. */
export const entersLake = (event: EventEnvelope, ...fields: readonly string[]): Promise<void> => {
  expect(Object.keys(rowOf(event, new Map())?.fields ?? {})).toEqual(expect.arrayContaining([...fields]));
  return Promise.resolve();
};
