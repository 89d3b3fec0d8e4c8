/** `npm run catalog:export -- FILE [--format csv|jsonl]`: saves all products of the running shop in a file that can be imported. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { CannotGoOn, openShop, progress, runTool } from './shop-client.ts';

const USAGE = 'usage: npm run catalog:export -- FILE [--format csv|jsonl]';

const readArguments = (): { readonly file: string; readonly format: string } => {
  try {
    const { values, positionals } = parseArgs({
      options: { format: { type: 'string' } },
      allowPositionals: true,
    });
    const [file, ...rest] = positionals;
    const format = values.format ?? (/\.(jsonl|ndjson)$/i.test(file ?? '') ? 'jsonl' : 'csv');
    if (file !== undefined && rest.length === 0 && ['csv', 'jsonl'].includes(format)) return { file, format };
  } catch (cause) {
    throw new CannotGoOn(USAGE, { cause });
  }
  throw new CannotGoOn(USAGE);
};

const MIB = 1024 * 1024;

/** Under another name until it is complete. */
const exportTo = async (file: string, format: string): Promise<boolean> => {
  const body = await openShop(process.env['DATA_DIR'] ?? '.data').exported(format);
  const partial = `${file}.part`;
  let size = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const bytes of body) {
      size += bytes.length;
      progress(`${Math.ceil(size / MIB)} MiB`);
      yield bytes;
    }
  };
  try {
    await pipeline(counted, createWriteStream(partial));
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new CannotGoOn(`${file} was not saved: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  progress('');
  process.stdout.write(`${size} bytes in ${file}\n`);
  return true;
};

await runTool(() => {
  const { file, format } = readArguments();
  return exportTo(file, format);
});
