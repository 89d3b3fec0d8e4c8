/** Timeout of a response. Some promises of the library never settle if the broker disappears at the wrong moment. */
const ANSWER_MS = 30_000;
const CLOSE_MS = 5_000;

class NoAnswer extends Error {
  constructor(ms: number) {
    super(`Kafka has not answered within ${ms / 1_000} s`);
    this.name = 'NoAnswer';
  }
}

/** The same, but rejects if `work` has not settled in time. */
export const answered = async <T>(work: Promise<T>, ms = ANSWER_MS): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswer(ms));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Closes within a time limit, because the broker may be unavailable. */
export const closed = (closing: Promise<void>): Promise<void> =>
  answered(closing, CLOSE_MS).catch(() => undefined);

interface Client {
  close(): Promise<void>;
}

/** A client that is replaced after a timeout, because it may wait for a dead connection. */
export const renewable = <C extends Client>(make: () => C) => {
  let current = make();
  return {
    ask: async <T>(work: (client: C) => Promise<T>): Promise<T> => {
      const asked = current;
      try {
        return await answered(work(asked));
      } catch (error) {
        if (error instanceof NoAnswer && asked === current) {
          current = make();
          void closed(asked.close());
        }
        throw error;
      }
    },
    close: () => closed(current.close()),
  };
};
