/**
 * `npm run catalog:import -- FILE [--mode …] [--charset …] [--decimal ,] [--map COLUMN=FIELD] [--ignore COLUMN] [--dry-run]
 * [--rejected FILE]`: imports a file of products into the running shop, and prints what it did.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { schemaCheck } from '#adapters/http/schema-check.ts';
import type { components } from '#openapi/generated/catalog.ts';
import { CannotGoOn, openShop, progress, runTool, type Import, type ImportRow } from './shop-client.ts';

const USAGE =
  'usage: npm run catalog:import -- FILE [--mode merge|create|update|replace] [--charset NAME] [--delimiter MARK] ' +
  '[--decimal .|,] [--map COLUMN=FIELD] [--ignore COLUMN] [--dry-run] [--rejected FILE]';

const OPTIONS = {
  mode: { type: 'string' },
  replace: { type: 'boolean' },
  charset: { type: 'string' },
  delimiter: { type: 'string' },
  decimal: { type: 'string' },
  map: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  rejected: { type: 'string' },
} as const;

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const [file, ...rest] = positionals;
    if (file !== undefined && rest.length === 0) return { ...values, file };
  } catch (cause) {
    throw new CannotGoOn(USAGE, { cause });
  }
  throw new CannotGoOn(USAGE);
};

type Arguments = ReturnType<typeof readArguments>;

const PART = 8 * 1024 * 1024;
const MIB = 1024 * 1024;

const asInput = schemaCheck<components['schemas']['ImportInput']>('catalog.yaml', 'ImportInput');

const inputOf = ({ file, mode, replace, charset, delimiter, decimal }: Arguments) => {
  const input = asInput({
    file_name: basename(file),
    ...(replace === true && { mode: 'replace' }),
    ...(mode !== undefined && { mode }),
    ...(charset !== undefined && { charset: charset.toLowerCase() }),
    ...(delimiter !== undefined && { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(decimal !== undefined && { decimal }),
  });
  if (!input.ok) throw new CannotGoOn(`${input.error.join('; ')}\n${USAGE}`);
  return input.value;
};

const mappingOf = ({ map = [], ignore = [] }: Arguments): Record<string, string | null> =>
  Object.fromEntries([
    ...map.map(
      (pair) => [pair.slice(0, pair.lastIndexOf('=')), pair.slice(pair.lastIndexOf('=') + 1)] as const,
    ),
    ...ignore.map((column) => [column, null] as const),
  ]);

const sizeOf = async (file: string): Promise<number> => {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new CannotGoOn(`${file} cannot be read.`);
  return found.size;
};

const countsOf = ({ stock_adjusted: stock, ...counts }: Import['counts'], will = ''): string => {
  const { created, updated, unchanged, rejected } = counts;
  const products = `${created} ${will}created, ${updated} ${will}updated, ${unchanged} unchanged, ${rejected} rejected`;
  return `${products}${stock === 0 ? '' : `, ${stock} ${will}adjusted in stock`}\n`;
};

const reasonOf = ({ line, errors }: ImportRow): string =>
  `line ${line}: ${errors.map(({ column, message }) => (column === undefined ? message : `${column} ${message}`)).join('; ')}\n`;

const importFile = async (options: Arguments): Promise<boolean> => {
  const { file } = options;
  const size = await sizeOf(file);
  const shop = openShop(process.env['DATA_DIR'] ?? '.data');
  let job = await shop.create(inputOf(options));
  let sent = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: PART }) as AsyncIterable<Uint8Array>) {
    await shop.putPart(job, Math.floor(sent / PART), bytes);
    sent += bytes.length;
    progress(`uploaded ${Math.ceil(sent / MIB)} of ${Math.ceil(size / MIB)} MiB`);
  }
  if (sent === 0) throw new CannotGoOn(`${file} is empty.`);
  job = await shop.check(job, mappingOf(options));
  job = await shop.settled(job, ({ rows_done }) => progress(`checked ${rows_done} rows`));
  if (job.state === 'checked') {
    process.stderr.write(`${file}: ${job.charset ?? ''}, ${job.rows ?? 0} rows\n`);
    const [unknown] = job.unknown_columns;
    if (options['dry-run'] !== true && unknown !== undefined)
      throw new CannotGoOn(
        `Unknown column "${unknown}": use --map "${unknown}=FIELD" or --ignore "${unknown}".`,
      );
    if (options['dry-run'] !== true) {
      const rows = job.rows ?? 0;
      job = await shop.start(job);
      job = await shop.settled(job, ({ rows_done }) => progress(`imported ${rows_done} of ${rows} rows`));
    }
  }
  progress('');
  if (job.problem !== undefined) throw new CannotGoOn(`${file} cannot be imported: ${job.problem}`);
  process.stdout.write(countsOf(job.counts, options['dry-run'] === true ? 'to be ' : ''));
  for (const column of job.unknown_columns) process.stdout.write(`unknown column "${column}"\n`);
  if (job.counts.rejected === 0) return true;
  const rows = await shop.rejected(job);
  for (const row of rows) process.stdout.write(reasonOf(row));
  if (rows.length < job.counts.rejected)
    process.stdout.write(`${job.counts.rejected - rows.length} more rows are not listed\n`);
  if (options.rejected !== undefined)
    await pipeline(await shop.rejectedFile(job), createWriteStream(options.rejected));
  return false;
};

await runTool(() => importFile(readArguments()));
