import { err, type Result } from '#kernel/result.ts';
import type { ProductPatch } from '../../core/domain/product-patch.ts';
import type { RowError } from '../../core/ports/import-files.ts';
import { ERROR_COLUMNS } from './fields.ts';
import { LONGEST_LINE } from './limits.ts';
import { patchOf } from './patches.ts';
import { repeated } from './read-import.ts';
import type { SeenTexts } from './seen.ts';

const wrong = (message: string): Result<never, readonly RowError[]> => err([{ message }]);

/** The product in a line, unless an earlier line has one of its SKUs. */
export const readLine = (
  text: string,
  line: number,
  skus: SeenTexts,
): Result<ProductPatch, readonly RowError[]> => {
  if (text.length > LONGEST_LINE) return wrong(`The line has more than ${LONGEST_LINE} characters.`);
  const value = parsed(text);
  if (value === undefined) return wrong('The line is not valid JSON.');
  const patch = patchOf(value);
  if (!patch.ok) return err(patch.error.map(errorOf));
  const twice = repeated(patch.value.variants, line, skus);
  return twice === undefined ? patch : err([{ column: 'sku', message: twice }]);
};

/** `/variants/0/price must be number` concerns `price`. */
const errorOf = (reason: string): RowError => {
  const pointer = /^\/\S+/.exec(reason)?.[0];
  const column = pointer?.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part));
  return column === undefined ? { message: reason } : { column, message: reason };
};

/** Without what a file of rejected lines adds. */
const parsed = (text: string): unknown => {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).filter(([name]) => !ERROR_COLUMNS.some((added) => added === name)),
    );
  } catch {
    return undefined;
  }
};
