import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { MOST_COLUMNS } from './limits.ts';

/** The fields shared by all variants of a product, taken from its first row. */
export const SHARED = ['name', 'description', 'category', 'subcategory', 'brand', 'tags'] as const;
const OWN = ['handle', 'sku', 'price', 'currency', 'images', 'initial_stock'] as const;
const KNOWN: ReadonlySet<string> = new Set([...SHARED, ...OWN]);
const PAIR = /^(attr|spec)\.\S/;

export type InvalidFile = Refusal<'INVALID_FILE'>;
const invalid = (detail: string): Result<never, InvalidFile> => refuse('INVALID_FILE', detail);

/** The validated column names: the data of a mistyped column would be lost silently. */
export const columnsOf = (head: readonly string[]): Result<readonly string[], InvalidFile> => {
  const columns = head.slice(0, head.findLastIndex((name) => name !== '') + 1);
  if (columns.length > MOST_COLUMNS) return invalid(`The file has more than ${MOST_COLUMNS} columns.`);
  const unknown = columns.find((name) => !KNOWN.has(name) && !PAIR.test(name));
  if (unknown !== undefined)
    return invalid(
      `Unknown column "${unknown.slice(0, 100)}". The columns are: ${[...KNOWN].join(', ')}, attr.…, spec.….`,
    );
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) return invalid(`Two columns are called "${repeated.slice(0, 100)}".`);
  return columns.includes('sku') ? ok(columns) : invalid('The column "sku" is missing.');
};
