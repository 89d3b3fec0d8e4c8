import { runInAct } from '../context/act.ts';

/**
 * Batches single calls: those of one turn of the event loop become one call of `run`, which returns the results in order.
 * Items with the same `keyOf` are never in the same batch; the later one waits for the next.
 */
export const inBatches = <Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  keyOf: (item: Item) => string,
): ((item: Item) => Promise<Answer>) => {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (reason: unknown) => void;
  }
  let waiting: Waiting[] = [];

  const answer = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await run(batch.map(({ item }) => item));
      if (answers.length !== batch.length) throw new Error('a batch must return one result per item');
      for (const [index, value] of answers.entries()) batch[index]?.resolve(value);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const flush = async (): Promise<void> => {
    let rest = waiting;
    waiting = [];
    while (rest.length > 0) {
      const batch = new Map<string, Waiting>();
      const later: Waiting[] = [];
      for (const one of rest) {
        const key = keyOf(one.item);
        if (batch.has(key)) later.push(one);
        else batch.set(key, one);
      }
      await answer([...batch.values()]);
      rest = later;
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      // A batch has several callers, so it is an act of none.
      if (waiting.length === 0) setImmediate(() => void runInAct(undefined, flush));
      waiting.push({ item, resolve, reject });
    });
};
