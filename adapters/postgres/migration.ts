/** The table of applied migrations in a schema. */
export const TABLE = 'migrations';

/** A step of a schema, forward only; never edited once released. */
export interface Migration {
  /** Sorts after all earlier ones: `0001-products`. */
  readonly name: string;
  readonly up: readonly string[];
}
