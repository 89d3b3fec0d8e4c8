/** Overload, here or at the callee. Nothing is broken: the same call will work a little later. */
export class Overloaded extends Error {
  constructor(name: string, options?: ErrorOptions) {
    super(`${name} has too much to do`, options);
    this.name = 'Overloaded';
  }
}

export interface BulkheadOptions {
  readonly name: string;
  /** Maximum concurrency. */
  readonly atOnce: number;
  /** Length of the queue. */
  readonly queue: number;
  /** Longest wait in milliseconds. */
  readonly waitMs: number;
}

/** Limits concurrency: queues some of the excess, first come first served, and refuses the rest. */
export interface Bulkhead {
  /**
   * Rejects with `Overloaded` if the queue is full or the wait was too long.
   * @param signal leaves the queue; started work continues
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export const makeBulkhead = ({ name, atOnce, queue, waitMs }: BulkheadOptions): Bulkhead => {
  let running = 0;
  const waiting = new Set<() => void>();

  /** Resolves when a place becomes free. */
  const turn = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        waiting.delete(admit);
        signal?.removeEventListener('abort', refuse);
      };
      const admit = (): void => {
        leave();
        resolve();
      };
      const refuse = (): void => {
        leave();
        reject(new Overloaded(name));
      };
      const timer = setTimeout(refuse, waitMs);
      signal?.addEventListener('abort', refuse);
      waiting.add(admit);
    });

  return {
    run: async (work, signal) => {
      signal?.throwIfAborted();
      if (running < atOnce) running += 1;
      else if (waiting.size >= queue) throw new Overloaded(name);
      else await turn(signal);
      try {
        return await work();
      } finally {
        const [next] = waiting;
        if (next) next();
        else running -= 1;
      }
    },
  };
};
