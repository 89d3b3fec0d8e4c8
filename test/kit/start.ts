/** When the clock of a test stands still at first. Apart from the toolbox, so that specs of a domain load no store. */
export const START = new Date('2026-03-01T12:00:00.000Z');
