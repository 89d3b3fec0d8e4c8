export interface ServiceState {
  readonly service: string;
  readonly isReady: boolean;
}

/** Anybody may ask, and each question is one to every instance: so they are asked no more often. */
const KEPT_MS = 1_000;
const PATIENCE_MS = 1_000;

/** Which services are ready, as of a second ago at most. */
export const askStates = (
  services: readonly string[],
  addressesOf: (service: string) => readonly string[],
): (() => Promise<readonly ServiceState[]>) => {
  let asked: Promise<readonly ServiceState[]> | undefined;
  let askedAt = 0;
  return () => {
    const now = performance.now();
    if (!asked || now - askedAt >= KEPT_MS) {
      askedAt = now;
      asked = Promise.all(
        services.map(async (service) => ({ service, isReady: await isOneReady(addressesOf(service)) })),
      );
    }
    return asked;
  };
};

const isOneReady = (instances: readonly string[]): Promise<boolean> =>
  Promise.any(
    instances.map(async (instance) => {
      const { ok } = await fetch(`${instance}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!ok) throw new Error('not ready');
      return true;
    }),
  ).catch(() => false);
