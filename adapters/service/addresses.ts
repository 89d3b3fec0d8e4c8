import type { Addresses } from './module.ts';

/** Addresses within one process. */
export const makeAddresses = (): Addresses => {
  const known = new Map<string, string>();
  const of = (name: string): string => {
    const address = known.get(name);
    if (address === undefined) throw new Error(`the address of ${name} is unknown`);
    return address;
  };
  return {
    publish: (name, address) => {
      known.set(name, address);
    },
    of,
    inTurn: (name) => [of(name)],
  };
};

/** `payment.grpc` → `PAYMENT_GRPC_URL` */
export const addressVariable = (name: string): string =>
  `${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_URL`;

/**
 * Addresses from the environment, if each service is a separate process. Several instances, separated by commas, alternate.
 * Other processes find the addresses of this one in their own environment.
 */
export const addressesFrom = (env: Readonly<Record<string, string | undefined>>): Addresses => {
  const turns = new Map<string, string[]>();
  const inTurn = (name: string): [string, ...string[]] => {
    const variable = addressVariable(name);
    const instances = turns.get(name) ?? (env[variable] ?? '').split(',').filter((url) => url !== '');
    const [next, ...others] = instances;
    if (next === undefined) throw new Error(`${variable} is not set: the address of ${name} is unknown`);
    turns.set(name, [...others, next]);
    return [next, ...others];
  };
  return { publish: () => undefined, of: (name) => inTurn(name)[0], inTurn };
};
