/** Results that are measured: the first page, as most shoppers see no other. */
export const DEPTH = 10;
/** The lowest grade of a product that must be found. */
const GOOD = 2;

type Grades = ReadonlyMap<string, number>;

const gain = (grade: number, rank: number): number => (2 ** grade - 1) / Math.log2(rank + 2);

const gains = (grades: readonly number[]): number =>
  grades.slice(0, DEPTH).reduce((sum, grade, rank) => sum + gain(grade, rank), 0);

/** From 0 to 1: how close the order of the first results is to the best possible one. */
export const ndcg = (ranked: readonly string[], grades: Grades): number =>
  gains(ranked.map((product) => grades.get(product) ?? 0)) /
  gains([...grades.values()].toSorted((a, b) => b - a));

/** The share of the good products, or of `DEPTH` if there are more, among the first results; undefined if there are none. */
export const recall = (ranked: readonly string[], grades: Grades): number | undefined => {
  const good = [...grades].filter(([, grade]) => grade >= GOOD).length;
  if (good === 0) return undefined;
  const found = ranked.slice(0, DEPTH).filter((product) => (grades.get(product) ?? 0) >= GOOD).length;
  return found / Math.min(good, DEPTH);
};

/** 0 for none. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** A generator of numbers from 0 to 1 (mulberry32): the same each time. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const SAMPLES = 1_000;

/** The 95 % confidence interval of the mean, by bootstrap. */
export const interval = (values: readonly number[], random: () => number): [low: number, high: number] => {
  const means = Array.from({ length: SAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return [means[Math.floor(SAMPLES * 0.025)] ?? 0, means[Math.floor(SAMPLES * 0.975)] ?? 0];
};
