import { makeBulkhead, Overloaded, type Bulkhead } from '#adapters/resilience/bulkhead.ts';
import type { InLane } from '../../core/ports/webhooks.ts';

/** Calls to one endpoint at once, by one instance of the service. */
export const AT_ONCE = 4;
/** Calls that wait for their turn: a burst to a fast endpoint passes without being scheduled again. */
const QUEUE = 12;
/** Milliseconds; with the timeout of a call, less than a task may take. */
export const WAIT_MS = 2_000;

/** A lane per endpoint. */
export const makeLanes = (): InLane => {
  const lanes = new Map<string, Bulkhead>();
  const laneOf = (endpointId: string): Bulkhead => {
    const lane =
      lanes.get(endpointId) ??
      makeBulkhead({ name: `webhook ${endpointId}`, atOnce: AT_ONCE, queue: QUEUE, waitMs: WAIT_MS });
    lanes.set(endpointId, lane);
    return lane;
  };
  return async (endpointId, work) => {
    try {
      return await laneOf(endpointId).run(work);
    } catch (error) {
      if (error instanceof Overloaded) return undefined;
      throw error;
    }
  };
};
