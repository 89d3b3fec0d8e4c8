import type { Measured } from './load.ts';

/** The least that does something like it, measured in the same run and in the same unit. */
export interface Floor {
  readonly what: string;
  readonly value: number;
}

/** For the ratio to the floor where there is one, else for the figure itself. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** What came out, as it is printed. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: '/s' | 'ms' | 'ms CPU' | '% of a core' | 'MiB' | '';
  readonly latencies?: Pick<Measured, 'p50Ms' | 'p95Ms' | 'p99Ms'>;
  readonly floor?: Floor;
  readonly aim?: Aim;
}

/** Calls per second, with their latencies. */
export const rate = (
  what: string,
  { perSecond, p50Ms, p95Ms, p99Ms }: Measured,
  beside: Pick<Figure, 'floor' | 'aim'> = {},
): Figure => ({ what, value: perSecond, unit: '/s', latencies: { p50Ms, p95Ms, p99Ms }, ...beside });

/** Figure ÷ floor. */
export const ratioOf = ({ value, floor }: Figure): number | undefined => floor && value / floor.value;

/** Whether it is as we want it; undefined where we want nothing. */
export const isMet = (figure: Figure): boolean | undefined => {
  const { aim, value } = figure;
  if (!aim) return undefined;
  const judged = ratioOf(figure) ?? value;
  return 'atLeast' in aim ? judged >= aim.atLeast : judged <= aim.atMost;
};

/** One thing that is measured, of a profile whose `Rig` is what it needs. */
export interface Measurement<Rig> {
  /** As `--only` takes it. */
  readonly name: string;
  readonly measure: (rig: Rig) => Promise<readonly Figure[]>;
}
