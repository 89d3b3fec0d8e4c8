/** A number with a unit, as in `256 GB`. */
export interface Measure {
  readonly number: number;
  /** As it is written; empty without one. */
  readonly unit: string;
}

/** Numbers with this unit; both ends included. Units are not converted. */
export interface MeasureRange {
  readonly unit: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

const NUMBER = String.raw`-?[0-9]{1,15}(?:\.[0-9]{1,10})?`;
/** Letters and signs such as `GB`, `fl oz`, `km/h`, `%`, `°C` and `"`; without digits, so that `70 × 140 cm` is no number. */
const UNIT = String.raw`[\p{L}%°"'″′/²³]+(?: [\p{L}%°"'″′/²³]+)*`;
const MEASURE = new RegExp(`^(?<number>${NUMBER}) *(?<unit>${UNIT})?$`, 'u');
const RANGE = new RegExp(`^(?<min>${NUMBER})?\\.\\.(?<max>${NUMBER})? *(?<unit>[^0-9]*)$`);
/** In characters. */
const LONGEST_MEASURE = 50;

/**
 * The number in an attribute's value; undefined if the value says more than a number and its unit, or may be read in two
 * ways: `1/2`, `1,5`, `10-12`.
 */
export const readMeasure = (value: string): Measure | undefined => {
  if (value.length > LONGEST_MEASURE) return undefined;
  const { number, unit = '' } = MEASURE.exec(value.trim())?.groups ?? {};
  return number === undefined ? undefined : { number: Number(number), unit };
};

/** `256..512 GB`, where either end may be missing; undefined if the text is none. */
export const readRange = (text: string): MeasureRange | undefined => {
  const { min, max, unit = '' } = RANGE.exec(text.trim())?.groups ?? {};
  if (min === undefined && max === undefined) return undefined;
  return { unit, min: boundOf(min), max: boundOf(max) };
};

const boundOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** True if the value is a number in one of the ranges. */
export const isInRange = (measure: Measure | undefined, ranges: readonly MeasureRange[]): boolean =>
  measure !== undefined &&
  ranges.some(
    ({ unit, min = -Infinity, max = Infinity }) =>
      unit === measure.unit && min <= measure.number && measure.number <= max,
  );
