/** How many histories a property is tried with: `npm run properties` asks for more than `npm test`. */
export const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 1_000);

/** For a property whose histories take a store or a server each: a tenth as many. */
export const COSTLY_RUNS = Math.ceil(RUNS / 10);
