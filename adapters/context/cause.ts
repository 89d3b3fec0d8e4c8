import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cause } from '#kernel/events.ts';

const storage = new AsyncLocalStorage<Cause>();

/** What the work in hand is caused by; nothing outside requests, events and tasks. */
export const currentCause = (): Cause | undefined => storage.getStore();

export const runBecauseOf = <T>(cause: Cause, work: () => T): T => storage.run(cause, work);

/** The cause of a task: what is in hand, or the task itself when it begins the story. */
export const causeOfTask = (key: string): Cause => currentCause() ?? { correlationId: key, causationId: key };
