import type { OddRequest } from './odd-values.ts';

/** How many are under way at once. */
const AT_ONCE = 8;
const PATIENCE_MS = 20_000;

/** Sends each request; resolves to what is wrong with the answers: a 5xx, a refusal that is no problem, none at all. */
export const oddFaults = async (
  url: string,
  requests: readonly OddRequest[],
  token: string | undefined,
): Promise<readonly string[]> => {
  const faults: string[] = [];
  const left = requests[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const one of left) {
      const fault = await faultOf(url, one, token);
      if (fault !== undefined)
        faults.push(`${one.method.toUpperCase()} ${one.path.slice(0, 200)} ${one.body ?? ''}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults;
};

const faultOf = async (
  url: string,
  { method, path, headers, body }: OddRequest,
  token: string | undefined,
): Promise<string | undefined> => {
  try {
    const response = await fetch(url + path, {
      method: method.toUpperCase(),
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: body ?? null,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const type = response.headers.get('content-type') ?? '';
    await response.body?.cancel();
    if (response.status >= 500) return String(response.status);
    return response.status >= 400 && !type.startsWith('application/problem+json')
      ? `${response.status} as ${type}`
      : undefined;
  } catch (error) {
    return String(error);
  }
};
