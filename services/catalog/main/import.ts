/**
 * `npm run catalog:import -- FILE [--charset NAME] [--replace]`: imports a file of products into the running shop,
 * and prints the report.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { makeAdminClient, NoShop } from '#adapters/http/admin-client.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import type { components } from '#openapi/generated/catalog.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.jsonl': 'application/x-ndjson',
  '.ndjson': 'application/x-ndjson',
};
const asReport = schemaCheck<components['schemas']['ImportReport']>('catalog.yaml', 'ImportReport');

/** The file cannot be imported; the message gives the reason in one line. */
class CannotImport extends Error {}

const read = (file: string): Uint8Array<ArrayBuffer> => {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new CannotImport(`${file} cannot be read.`, { cause });
  }
};

const detailOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'detail' in body ? `: ${String(body.detail)}` : '';

interface How {
  readonly charset?: string | undefined;
  readonly replace?: boolean | undefined;
}

/** Prints the report; returns true if no row was rejected. */
const importFile = async (file: string, { charset, replace }: How): Promise<boolean> => {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new CannotImport(`${file} must end in ${Object.keys(TYPES).join(', ')}.`);
  const body = read(file);
  const ask = makeAdminClient(process.env['DATA_DIR'] ?? '.data');
  const answer = await ask('POST', `/catalog-import${replace === true ? '?mode=replace' : ''}`, {
    type: charset === undefined ? type : `${type}; charset=${charset}`,
    body,
  });
  const report = asReport(answer.body);
  if (answer.status !== 200 || !report.ok)
    throw new CannotImport(
      `The shop did not import ${file}: it returned ${answer.status}${detailOf(answer.body)}`,
    );
  const { created, updated, unchanged, rejected, rows, rows_not_told = 0 } = report.value;
  process.stdout.write(
    `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected\n`,
  );
  for (const { line, status, errors = [] } of rows)
    if (status === 'rejected') process.stdout.write(`line ${line}: ${errors.join('; ')}\n`);
  if (rows_not_told > 0) process.stdout.write(`${rows_not_told} more rows are not listed\n`);
  return rejected === 0;
};

const USAGE = 'usage: npm run catalog:import -- FILE [--charset NAME] [--replace]';

const readArguments = (): How & { readonly file: string } => {
  try {
    const options = { charset: { type: 'string' }, replace: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...rest] = positionals;
    if (file !== undefined && rest.length === 0) return { ...values, file };
  } catch (cause) {
    throw new CannotImport(USAGE, { cause });
  }
  throw new CannotImport(USAGE);
};

try {
  const { file, ...how } = readArguments();
  if (!(await importFile(file, how))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof NoShop || error instanceof CannotImport)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
