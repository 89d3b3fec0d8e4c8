import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from '../auth/principal.ts';

/** The longest delay of a Node timer; a stream that lasts longer must be reopened. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Lifetime {
  /** Aborted when the client disconnects or its token expires. */
  readonly signal: AbortSignal;
  /** Stops the timer of the expiry. */
  readonly close: () => void;
}

/** How long a stream may last. */
export const lifetimeOf = (gone: AbortSignal, principal: Principal): Lifetime => {
  const expiresAt = principal.kind === 'user' ? principal.expiresAt : undefined;
  if (expiresAt === undefined) return { signal: gone, close: () => undefined };
  const expired = new AbortController();
  const left = Math.min(Math.max(0, expiresAt - Date.now()), LONGEST_MS);
  const timer = setTimeout(() => expired.abort(), left).unref();
  return {
    signal: AbortSignal.any([gone, expired.signal]),
    close: () => clearTimeout(timer),
  };
};

const OVER = { done: true, value: undefined } as const;

/** A stream that has an end was cut off before it, so that its reader does not take it for complete. */
class CutOff extends Error {
  constructor() {
    super('the response ended early');
  }
}

/**
 * Ends `stream` when its lifetime is over, even if the stream ignores the signal. It runs in the context in which it was
 * created, regardless of the reader.
 * @param isEndless whether it ends only with its lifetime; another stream then fails
 * @param onError called when the stream fails by itself, in addition to the reader
 */
export const during = <Chunk>(
  { signal, close }: Lifetime,
  stream: AsyncIterable<Chunk>,
  isEndless: boolean,
  onError: (error: unknown) => void,
): AsyncIterable<Chunk> => ({
  [Symbol.asyncIterator]: () => {
    const inner = stream[Symbol.asyncIterator]();
    const inContext = AsyncLocalStorage.snapshot();
    let isOver = false;
    let isCut = false;
    let finish: (() => void) | undefined;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener('abort', cut);
      close();
      finish?.();
      inContext(() => inner.return?.())?.catch(() => undefined);
    };
    const cut = (): void => {
      isCut = !isOver && !isEndless;
      end();
    };
    signal.addEventListener('abort', cut);
    if (signal.aborted) cut();
    return {
      next: async () => {
        if (isOver && isCut) throw new CutOff();
        if (isOver) return OVER;
        const ended = new Promise<typeof OVER>((resolve, reject) => {
          finish = () => {
            if (isCut) reject(new CutOff());
            else resolve(OVER);
          };
        });
        try {
          const result = await Promise.race([inContext(() => inner.next()), ended]);
          if (result.done === true) end();
          return result;
        } catch (error) {
          if (!(error instanceof CutOff)) onError(error);
          end();
          throw error;
        }
      },
      return: () => {
        end();
        return Promise.resolve(OVER);
      },
    };
  },
});
