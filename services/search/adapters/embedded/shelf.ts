import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { breathe } from '#adapters/system/breath.ts';
import { openSegment, type Operations } from './operations.ts';

/** A segment, in whichever thread. */
export type Shelf = {
  readonly [Name in keyof Operations]: (
    ...args: Parameters<Operations[Name]>
  ) => Promise<ReturnType<Operations[Name]>>;
} & {
  /** Waits for pending operations. */
  readonly close: () => Promise<void>;
};

/** A segment in this thread, where a change is followed by turns of others. */
export const nearShelf = (): Shelf => {
  const segment = openSegment();
  return {
    apply: async (changes) => {
      const fill = segment.apply(changes);
      await breathe();
      return fill;
    },
    frequencies: (terms) => Promise.resolve(segment.frequencies(terms)),
    findsAny: (plans) => Promise.resolve(segment.findsAny(plans)),
    search: (request) => Promise.resolve(segment.search(request)),
    close: () => Promise.resolve(),
  };
};

/**
 * A segment in a thread of its own, which keeps no process alive. All operations reject once it has ended.
 * @param onLost called if it ends without having been closed
 */
export const farShelf = (onLost: (error: Error) => void): Shelf => {
  const worker = new Worker(new URL('segment-thread.ts', import.meta.url));
  worker.unref();
  const remote = createBirpc<Operations>(
    {},
    {
      post: (message) => {
        worker.postMessage(message);
      },
      on: (listener) => worker.on('message', listener),
      timeout: -1, // an answer comes, or the thread ends
    },
  );
  let isClosed = false;
  const lose = (error: Error): void => {
    if (isClosed) return;
    isClosed = true;
    remote.$close(error);
    onLost(error);
  };
  worker.once('error', lose);
  worker.once('exit', () => {
    lose(new Error('the thread of the index has ended'));
  });
  return {
    apply: remote.apply,
    frequencies: remote.frequencies,
    findsAny: remote.findsAny,
    search: remote.search,
    close: async () => {
      await remote.frequencies([]).catch(() => undefined); // the last of those that are pending
      isClosed = true;
      remote.$close();
      await worker.terminate();
    },
  };
};
