/** The current time for the application. Domain functions receive it as an argument. */
export interface Clock {
  now(): Date;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `ms` milliseconds after `date` (before it, when negative). */
export const after = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

/** A clock that only moves when told to, for tests and simulation. */
export class ManualClock implements Clock {
  #now: Date;

  constructor(start: Date) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.#now = after(this.#now, ms);
  }
}
