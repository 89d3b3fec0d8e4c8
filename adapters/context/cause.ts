import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cause } from '#kernel/events.ts';

const storage = new AsyncLocalStorage<Cause>();

/** The cause of the current work; undefined outside requests, events and tasks. */
export const currentCause = (): Cause | undefined => storage.getStore();

export const runBecauseOf = <T>(cause: Cause, work: () => T): T => storage.run(cause, work);

/** The cause of a task: the current one, or the task itself if there is none. */
export const causeOfTask = (key: string): Cause => currentCause() ?? { correlationId: key, causationId: key };
