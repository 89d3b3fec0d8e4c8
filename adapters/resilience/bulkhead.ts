/** There is too much to do, here or at the callee. Nothing is broken: the same call works a little later. */
export class Overloaded extends Error {
  constructor(name: string, options?: ErrorOptions) {
    super(`${name} has too much to do`, options);
    this.name = 'Overloaded';
  }
}

export interface BulkheadOptions {
  readonly name: string;
  /** Pieces of work at once. */
  readonly atOnce: number;
  /** How many more may wait for their turn. */
  readonly queue: number;
  /** Milliseconds that one may wait. */
  readonly waitMs: number;
}

/** Lets so much work in at once, keeps some of the rest waiting, first come first served, and refuses what is too much. */
export interface Bulkhead {
  /**
   * Rejects with `Overloaded` when the queue is full or the wait was too long.
   * @param signal gives up the place in the queue; what has begun goes on
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export const makeBulkhead = ({ name, atOnce, queue, waitMs }: BulkheadOptions): Bulkhead => {
  let running = 0;
  const waiting = new Set<() => void>();

  /** Resolves when another's place was handed over. */
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
