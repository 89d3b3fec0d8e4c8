import { after, DAY, HOUR } from '#kernel/clock.ts';
import type { CarrierStatus } from '../../core/domain/consignment.ts';
import type { Milestone } from './parcel.ts';

/** Outcomes of a journey. */
export type Fate = 'delivered' | 'lost' | 'returned';

export interface Chances {
  /** Share of parcels, 0 to 1. */
  readonly lost: number;
  readonly returned: number;
}

/**
 * The outcome: requested by the address, for tests and demonstrations, or else random.
 * @param draw random number, 0 ≤ draw < 1
 */
export const fateOf = (line2: string | undefined, draw: number, { lost, returned }: Chances): Fate => {
  if (line2?.includes('LOSE') === true) return 'lost';
  if (line2?.includes('RETURN') === true) return 'returned';
  if (draw < lost) return 'lost';
  return draw < lost + returned ? 'returned' : 'delivered';
};

const PICKED_UP = 4 * HOUR;

/**
 * Milestones of a journey.
 * @param days from pick-up to delivery
 * @param speed factor on real time; 86400 is a day per second
 */
export const journeyOf = (fate: Fate, start: Date, days: number, speed: number): readonly Milestone[] => {
  const at = (ms: number, status: CarrierStatus, description: string): Milestone => ({
    status,
    description,
    at: after(start, Math.round(ms / speed)).toISOString(),
  });
  const pickedUp = at(PICKED_UP, 'in_transit', 'Picked up and on its way');
  const arrival = PICKED_UP + days * DAY;
  const onTheVan = at(arrival - 3 * HOUR, 'out_for_delivery', 'Out for delivery');
  switch (fate) {
    case 'delivered':
      return [pickedUp, onTheVan, at(arrival, 'delivered', 'Delivered')];
    case 'lost':
      return [pickedUp, at(arrival + 2 * DAY, 'lost', 'Declared lost after a search')];
    case 'returned':
      return [pickedUp, onTheVan, at(arrival + 2 * DAY, 'returned', 'Not accepted, returned to the sender')];
  }
};

/** The date the given number of working days after `start`. */
export const workingDaysAfter = (start: Date, days: number): string => {
  let date = start;
  for (let left = days; left > 0;) {
    date = after(date, DAY);
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left -= 1;
  }
  return date.toISOString().slice(0, 10);
};
