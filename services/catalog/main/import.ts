/** `npm run catalog:import -- FILE`: has the running shop import a file of products, and tells what became of it. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { makeAdminClient, NoShop } from '#adapters/http/admin-client.ts';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import type { components } from '#openapi/generated/catalog.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.jsonl': 'application/x-ndjson',
  '.ndjson': 'application/x-ndjson',
};
const asReport = schemaCheck<components['schemas']['ImportReport']>('catalog.yaml', 'ImportReport');

/** The file cannot be imported; the message says why in one line. */
class CannotImport extends Error {}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CannotImport(`${file} cannot be read.`, { cause });
  }
};

const detailOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'detail' in body ? `: ${String(body.detail)}` : '';

/** Prints the report; true when every row was taken. */
const importFile = async (file: string): Promise<boolean> => {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new CannotImport(`${file} must end in ${Object.keys(TYPES).join(', ')}.`);
  const text = read(file);
  const ask = makeAdminClient(process.env['DATA_DIR'] ?? '.data');
  const { status, body } = await ask('POST', '/catalog-import', { type, text });
  const report = asReport(body);
  if (status !== 200 || !report.ok)
    throw new CannotImport(`The shop did not import ${file}, it answered ${status}${detailOf(body)}`);
  const { created, updated, unchanged, rejected, rows } = report.value;
  process.stdout.write(
    `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected\n`,
  );
  for (const { line, status, errors = [] } of rows)
    if (status === 'rejected') process.stdout.write(`line ${line}: ${errors.join('; ')}\n`);
  return rejected === 0;
};

try {
  const [file, ...rest] = process.argv.slice(2);
  if (file === undefined || rest.length > 0) throw new CannotImport('usage: npm run catalog:import -- FILE');
  if (!(await importFile(file))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof NoShop || error instanceof CannotImport)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
