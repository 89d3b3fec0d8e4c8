import type { InProcessGrpc } from '../grpc/callee.ts';
import type { InProcessService } from '../http/in-process.ts';
import { Outage } from '../resilience/policy.ts';

/** A registry; services enter it when they start. */
interface Known<T> {
  publish(name: string, one: T): void;
  /** Throws an `Outage` until it has started. */
  of(name: string): T;
}

/** The services of one process, which call each other without a socket. */
export interface Neighbours {
  /** By the service's name. */
  readonly http: Known<InProcessService>;
  /** By the gRPC service's full name. */
  readonly grpc: Known<InProcessGrpc>;
}

/** Services that are processes of their own wherever the others are: they are written in other languages. */
export const APART: ReadonlySet<string> = new Set(['recommendation']);

const makeKnown = <T>(): Known<T> => {
  const known = new Map<string, T>();
  return {
    publish: (name, one) => {
      known.set(name, one);
    },
    of: (name) => {
      const one = known.get(name);
      if (one === undefined) throw new Outage(`${name} has not started`);
      return one;
    },
  };
};

export const makeNeighbours = (): Neighbours => ({ http: makeKnown(), grpc: makeKnown() });
