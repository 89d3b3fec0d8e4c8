/** With how many random histories a property is tried; `npm run properties` sets more. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 1_000);

/** Of histories that take milliseconds each, since they go through stores and tasks. */
export const COSTLY_RUNS = Math.min(RUNS * 0.4, 4_000);
