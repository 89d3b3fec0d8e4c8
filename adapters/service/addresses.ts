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
