import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from '#kernel/clock.ts';
import { err, ok, type Result, type Refusal } from '#kernel/result.ts';
import { HEAD_BYTES } from '../../core/domain/file-type.ts';
import type { SizeLimit } from '../../core/domain/purpose.ts';
import type { Spool, SpooledFile } from '../../core/ports/spool.ts';
import { onDisk } from './outage.ts';

/** Files in a folder. */
export const folderSpool = (folder: string): Spool => {
  const scratch = async <T>(work: (path: string) => Promise<T>): Promise<T> => {
    const path = join(folder, randomUUID());
    await onDisk(() => mkdir(folder, { recursive: true }));
    try {
      return await work(path);
    } finally {
      await rm(path, { force: true });
    }
  };
  return {
    scratch,
    receive: (source, limitFor, work) =>
      scratch(async (path) => {
        const received = await fileFrom(source, limitFor, path);
        return received.ok ? work(received.value) : received;
      }),
  };
};

const fileFrom = async <R extends Refusal, Code extends string>(
  source: AsyncIterable<Uint8Array>,
  limitFor: (head: Uint8Array) => Result<SizeLimit<Code>, R>,
  path: string,
): Promise<Result<SpooledFile, R | Refusal<Code>>> => {
  const file = await onDisk(() => open(path, 'wx', 0o600));
  try {
    return await copied(source, limitFor, file, path);
  } finally {
    await file.close();
  }
};

const copied = async <R extends Refusal, Code extends string>(
  source: AsyncIterable<Uint8Array>,
  limitFor: (head: Uint8Array) => Result<SizeLimit<Code>, R>,
  file: FileHandle,
  path: string,
): Promise<Result<SpooledFile, R | Refusal<Code>>> => {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let bytes = 0;
  let limit: Result<SizeLimit<Code>, R> | undefined;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
    if (head.length === HEAD_BYTES) limit ??= limitFor(head);
    if (limit?.ok === false) return limit;
    if (limit && bytes > limit.value.bytes) return err(limit.value.refusal);
    hash.update(chunk);
    await onDisk(() => file.writeFile(chunk));
  }
  limit ??= limitFor(head);
  if (!limit.ok) return limit;
  if (bytes > limit.value.bytes) return err(limit.value.refusal);
  await onDisk(() => file.sync());
  return ok({ path, bytes, sha256: hash.digest('hex'), head });
};

/** Longer than any upload takes. */
const OLDEST_MS = DAY;

/** Removes what processes have left that died. */
export const sweepSpool = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined); // done meanwhile
    if (found && Date.now() - found.mtimeMs > OLDEST_MS) await rm(path, { force: true });
  }
};
