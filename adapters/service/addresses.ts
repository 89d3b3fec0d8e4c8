import type { Addresses } from './module.ts';

/** Addresses within one process. */
export const makeAddresses = (): Addresses => {
  const known = new Map<string, string>();
  return {
    publish: (name, address) => {
      known.set(name, address);
    },
    of: (name) => {
      const address = known.get(name);
      if (address === undefined) throw new Error(`nobody has said where ${name} listens`);
      return address;
    },
  };
};

/** `payment.grpc` → `PAYMENT_GRPC_URL` */
export const addressVariable = (name: string): string =>
  `${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_URL`;

/**
 * Addresses from the environment, where each service is a process of its own. Several instances, separated by commas,
 * take turns. What this process publishes is found by others through their own environment.
 */
export const addressesFrom = (env: Readonly<Record<string, string | undefined>>): Addresses => {
  const turns = new Map<string, number>();
  return {
    publish: () => undefined,
    of: (name) => {
      const variable = addressVariable(name);
      const instances = (env[variable] ?? '').split(',').filter((url) => url !== '');
      const turn = turns.get(name) ?? 0;
      turns.set(name, turn + 1);
      const address = instances[turn % instances.length];
      if (address === undefined)
        throw new Error(`${variable} is not set: nobody knows where ${name} listens`);
      return address;
    },
  };
};
