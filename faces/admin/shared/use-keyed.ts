import { useRef } from 'react';
import { ShopError } from '../api.ts';

/**
 * Sends a request at most once with effect, however often it is submitted: all tries have the `Idempotency-Key` that was made when
 * the dialog opened. After a refusal, which had no effect, the next try is a new request.
 */
export const useKeyed = (): (<T>(send: (key: string) => Promise<T>) => Promise<T>) => {
  const key = useRef<string>(undefined);
  return async (send) => {
    key.current ??= crypto.randomUUID();
    try {
      return await send(key.current);
    } catch (error) {
      if (error instanceof ShopError && error.status < 500 && error.status !== 429) key.current = undefined;
      throw error;
    }
  };
};
