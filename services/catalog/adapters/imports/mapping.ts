import { err, ok, type Result } from '#kernel/result.ts';
import type { FileColumn } from '../../core/domain/import-job.ts';
import { ERROR_COLUMNS, fieldOf, FIELDS, HANDLE, HANDLE_SYNONYMS, MORE_PAIRS, PAIR } from './fields.ts';
import { MOST_COLUMNS } from './limits.ts';

/** Whether columns may be imported as this field. */
export const isField = (field: string): boolean =>
  fieldOf(field) !== undefined || field === HANDLE || MORE_PAIRS.includes(field) || PAIR.test(field);

/** `Variant SKU`, `variant_sku` and `VariantSku` are the same. */
const normal = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

const GUESSES: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...Object.entries(FIELDS).flatMap(([field, { synonyms }]) =>
    [normal(field), ...synonyms].map((name) => [name, field] as const),
  ),
  ...[HANDLE, ...HANDLE_SYNONYMS].map((name) => [name, HANDLE] as const),
  ...MORE_PAIRS.map((field) => [field, field] as const),
  ...ERROR_COLUMNS.map((name) => [normal(name), null] as const),
]);

/** The field of a column by its name; `null` for one to be ignored, undefined for an unknown one. */
const guess = (name: string): string | null | undefined => {
  const pair = /^(attr|spec)\.(.*\S.*)$/is.exec(name);
  if (pair) return `${(pair[1] ?? '').toLowerCase()}.${pair[2] ?? ''}`;
  return GUESSES.get(normal(name));
};

/**
 * The columns of a head with their fields: as mapped by staff, or else guessed from their names. Refuses a head in which
 * a column or field occurs twice.
 */
export const columnsOf = (
  head: readonly string[],
  mapping: Readonly<Record<string, string | null>> = {},
): Result<readonly Omit<FileColumn, 'samples'>[], string> => {
  const names = head.slice(0, head.findLastIndex((name) => name !== '') + 1);
  if (names.length > MOST_COLUMNS) return err(`The file has more than ${MOST_COLUMNS} columns.`);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return err(`Two columns are called "${repeated.slice(0, 100)}".`);
  const absent = Object.keys(mapping).find((name) => !names.includes(name));
  if (absent !== undefined) return err(`The file has no column "${absent.slice(0, 100)}".`);
  const wrong = Object.values(mapping).find((field) => field !== null && !isField(field));
  if (wrong !== undefined) return err(`There is no field "${String(wrong).slice(0, 100)}".`);
  const taken = new Set(Object.values(mapping));
  const columns = names.map((name) => {
    const said = Object.hasOwn(mapping, name);
    const field = said ? mapping[name] : guess(name);
    if (field === undefined || (!said && field !== null && taken.has(field))) return { name };
    taken.add(field);
    return { name, field };
  });
  const fields = columns.flatMap(({ field }) => field ?? []);
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  return twice === undefined ? ok(columns) : err(`Two columns are mapped to "${twice.slice(0, 100)}".`);
};
