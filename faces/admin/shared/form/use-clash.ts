import { useState } from 'react';
import { isRefusal, type Versioned } from '../../api.ts';
import { mergeThreeWay, type Fields, type Merge } from './three-way.ts';

/** Someone else's change of what is being edited. */
export interface Clash<Data> {
  readonly merge: Merge;
  /** As it is stored now. */
  readonly latest: Versioned<Data>;
}

interface Edited<Data> {
  /** As it was when its editing began; undefined while it is new. */
  readonly stored: Versioned<Data> | undefined;
  readonly fetchLatest: (before: Data) => Promise<Versioned<Data>>;
  readonly fieldsIn: (data: Data) => Fields;
}

/** Whether a change was refused because of another one (412). */
export const isClash = (error: unknown): boolean => isRefusal(error) && error.status === 412;

/** Another change at the same time, from the refusal of one's own on. */
export const useClash = <Data>({ stored, fetchLatest, fieldsIn }: Edited<Data>) => {
  const [clash, setClash] = useState<Clash<Data>>();
  return {
    clash,
    forget: () => setClash(undefined),
    /** To be called with why `mine` could not be saved. */
    onRefused: async (error: unknown, mine: Fields): Promise<void> => {
      if (!stored || !isClash(error)) return;
      const latest = await fetchLatest(stored.value);
      setClash({ latest, merge: mergeThreeWay(fieldsIn(stored.value), mine, fieldsIn(latest.value)) });
    },
  };
};
