import type { Change } from './changes.ts';

/** How many entries are kept, for streams that go on where they were. */
export const KEPT = 1_000;

/** The latest changes, in the order of their arrival. Every position is that of an entry. */
export interface ChangeLog {
  append(changes: readonly Change[]): Promise<void>;
  /** The position after all changes so far. */
  end(): Promise<string>;
  /** Changes after a position; undefined if some are gone already, or the position is not of this log. */
  after(position: string): Promise<Progress | undefined>;
}

export interface Progress {
  readonly changes: readonly Change[];
  /** After these changes. */
  readonly position: string;
}
