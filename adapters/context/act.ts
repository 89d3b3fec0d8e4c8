import { AsyncLocalStorage } from 'node:async_hooks';

/** What a member of staff does with one request of an operation that has `x-audit`. */
export interface StaffAct {
  /** Of the OpenAPI file. */
  readonly operation: string;
  /** The operation's `x-audit`. */
  readonly category: string;
  /** The ID of the user. */
  readonly actorId: string;
  /** Why, as the user says; at most 500 characters. */
  readonly reason: string | undefined;
}

const storage = new AsyncLocalStorage<StaffAct | undefined>();

/** The act that the current work is part of; undefined outside acts of staff. */
export const currentAct = (): StaffAct | undefined => storage.getStore();

/** Runs `work` as part of `act`, or of none: what a request makes others do is not an act of its caller. */
export const runInAct = <T>(act: StaffAct | undefined, work: () => T): T =>
  act === currentAct() ? work() : storage.run(act, work);
