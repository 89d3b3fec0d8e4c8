/** Errors of a connection that was never made: nothing was sent. */
const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** Errors of a connection that broke before the response: the request may have taken effect. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * A client drops a connection that was idle for this long. A stopping server waits longer (`drainMs`), so it never closes a
 * connection that is being reused.
 */
export const KEPT_ALIVE = { keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 };

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/**
 * Tries the instances of a service in turn until one can be reached. Throws the last error.
 * @param isRepeatable whether the request may be sent twice, so that a broken connection can be retried
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
