import { makeSeal } from '#adapters/events/envelope.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';

/** What a unit of work needs of its service, where no relay and no worker listens. */
export const tools = {
  clock: systemClock,
  seal: makeSeal(systemIds, systemClock),
  wakeRelay: () => undefined,
  wakeTasks: () => undefined,
};
