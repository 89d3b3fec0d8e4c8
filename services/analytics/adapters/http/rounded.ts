/** A ratio with four decimals. */
export const rounded = (ratio: number): number => Math.round(ratio * 10_000) / 10_000;
