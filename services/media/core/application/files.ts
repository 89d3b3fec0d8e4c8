import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { isServed, isShown, type Content } from '../domain/content.ts';
import { claim } from '../domain/encoding.ts';
import type { FileType } from '../domain/file-type.ts';
import { sizeLimit } from '../domain/purpose.ts';
import { FORMATS, isPrivate, ORIGINAL, parseName, type FileName } from '../domain/preset.ts';
import type { ByteRange } from '../ports/blob-store.ts';
import { keyOf, originalOf, type MediaTools } from './tools.ts';

/** A file that clients may have. */
export interface ServedFile {
  readonly name: string;
  readonly type: string;
  readonly kind: FileType['kind'];
  /** Whether it needs a signed URL. */
  readonly isPrivate: boolean;
  /** Its size in bytes; makes the file first if it does not exist. */
  readonly size: () => Promise<number>;
  readonly open: (range?: ByteRange) => AsyncIterable<Uint8Array>;
}

const NO_FILE = refuse('FILE_NOT_FOUND', 'There is no such file.');

/** How often a process looks whether another one has made a file. */
const LOOK_EVERY_MS = 200;

type Variant = Extract<FileName, { readonly format: unknown }>;

/** The file of a name. Variants are made when they are first requested, by one process and once. */
export const makeFindFile = (tools: MediaTools) => {
  const { queries, blobs } = tools;
  const making = new Map<string, Promise<number>>();

  const sizeOf = async (name: string, make: () => Promise<number>): Promise<number> => {
    const known = await blobs.sizeOf(keyOf(name));
    if (known !== undefined) return known;
    const flight = making.get(name) ?? make().finally(() => making.delete(name));
    making.set(name, flight);
    return flight;
  };

  return async (name: string): Promise<Result<ServedFile, Refusal<'FILE_NOT_FOUND'>>> => {
    const file = parseName(name);
    const content = file && (await queries.contents.byName(file.sha256));
    if (!content || !isServed(content)) return NO_FILE;
    const open = (range?: ByteRange): AsyncIterable<Uint8Array> => blobs.open(keyOf(name), range);
    const served = {
      name,
      kind: content.kind,
      isPrivate: !isShown(content) || isPrivate(file, content),
      open,
    };
    if (file.preset === ORIGINAL)
      return file.ending === content.ending
        ? ok({ ...served, type: content.type, size: () => Promise.resolve(content.bytes) })
        : NO_FILE;
    if (content.kind !== 'picture') return NO_FILE;
    const size = (): Promise<number> => sizeOf(name, () => makeOnce(tools, name, file, content));
    return ok({ ...served, type: FORMATS[file.format], size });
  };
};

/** Makes a variant, unless another process does: then it waits. Returns its size. */
const makeOnce = async (
  tools: MediaTools,
  name: string,
  file: Variant,
  content: Content,
): Promise<number> => {
  const { blobs, pause } = tools;
  const release = await claimed(tools, name);
  if (release) {
    try {
      return (await blobs.sizeOf(keyOf(name))) ?? (await made(tools, name, file, content));
    } finally {
      await release();
    }
  }
  await pause(LOOK_EVERY_MS);
  return (await blobs.sizeOf(keyOf(name))) ?? makeOnce(tools, name, file, content);
};

/** The exclusive right to make a file; undefined while another process has it. */
const claimed = async (
  { unitOfWork, ids, clock, owner }: MediaTools,
  name: string,
): Promise<(() => Promise<void>) | undefined> => {
  const mine = await unitOfWork
    .run(async ({ encodings }) => {
      const found = claim(await encodings.byName(name), ids.next(), owner, clock.now());
      if (found) await encodings.save(found, [name]);
      return found;
    })
    .catch((error: unknown) => {
      if (error instanceof VersionConflict) return undefined; // others were faster several times
      throw error;
    });
  return (
    mine &&
    (() =>
      unitOfWork.run(async ({ encodings }) => {
        const found = await encodings.byName(name);
        if (found?.owner === owner) await encodings.remove(found);
      }))
  );
};

const made = (
  { blobs, spool, pictures, inTurn }: MediaTools,
  name: string,
  { preset, format }: Variant,
  content: Content,
): Promise<number> =>
  inTurn(async () => {
    const source = blobs.open(keyOf(originalOf(content)));
    const size = await spool.receive<number, never, 'FILE_TOO_LARGE'>(
      source,
      () => ok(sizeLimit(content.bytes)),
      (original) =>
        spool.scratch(async (path) => {
          const bytes = await pictures.encode(original.path, path, preset, format);
          await blobs.put(keyOf(name), path, FORMATS[format]);
          return ok(bytes);
        }),
    );
    if (!size.ok) throw new Error(`the original of ${name} has another size than when it was stored`);
    return size.value;
  });
