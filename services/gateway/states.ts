export interface ServiceState {
  readonly service: string;
  readonly isReady: boolean;
}

/** The page is public, and each check calls every instance: so the result is cached. */
const KEPT_MS = 1_000;

/** Which services are ready; at most one second old. */
export const askStates = (
  services: readonly string[],
  isReady: (service: string) => Promise<boolean>,
): (() => Promise<readonly ServiceState[]>) => {
  let asked: Promise<readonly ServiceState[]> | undefined;
  let askedAt = 0;
  return () => {
    const now = performance.now();
    if (!asked || now - askedAt >= KEPT_MS) {
      askedAt = now;
      asked = Promise.all(services.map(async (service) => ({ service, isReady: await isReady(service) })));
    }
    return asked;
  };
};
