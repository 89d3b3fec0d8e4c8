/** Of a connection that was never made: nothing has been sent. */
const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** Of one that ended before the answer came: who knows what was done. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * A client lets go of a connection that was idle for so long; a server that stops waits longer (`drainMs`), so none is
 * closed just when it is used again.
 */
export const KEPT_ALIVE = { keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 };

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/**
 * Asks the instances of a service one after the other until one can be reached. Throws what the last one threw.
 * @param isRepeatable whether asking twice is harmless, so that a broken connection is no end either
 */
export const askInTurn = async <T>(
  instances: readonly string[],
  isRepeatable: boolean,
  ask: (instance: string) => Promise<T>,
): Promise<T> => {
  const [instance = '', ...others] = instances;
  try {
    return await ask(instance);
  } catch (error) {
    const code = codeOf(error);
    const isElsewhere = REFUSED.has(code) || (isRepeatable && BROKEN.has(code));
    if (!isElsewhere || others.length === 0) throw error;
    return askInTurn(others, isRepeatable, ask);
  }
};
