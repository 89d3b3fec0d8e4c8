import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyConfig, type BusboyInstance } from '@fastify/busboy';
import { HttpProblem } from './problem.ts';

export interface MultipartLimits {
  readonly fields: number;
  /** Of a field, bytes. */
  readonly fieldBytes: number;
  readonly files: number;
}

/** What a form contained. */
export interface Form<Taken> {
  /** In their order; a name may be repeated. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly Taken[];
}

/** A form with files, as browsers post it (`multipart/form-data`). It is read once, and no file of it is in memory as a whole. */
export interface MultipartForm {
  /**
   * @param take called for each file that is not empty, one after the other; what it leaves of a file is discarded
   * @throws HttpProblem if the form is malformed, incomplete or exceeds a limit; whatever `take` throws
   */
  read<Taken>(
    limits: MultipartLimits,
    take: (file: AsyncIterable<Uint8Array>) => Promise<Taken>,
  ): Promise<Form<Taken>>;
}

export const isMultipart = (contentType: string): boolean => /^multipart\/form-data\s*;/i.test(contentType);

type Chunks = AsyncIterator<Uint8Array, undefined>;

/** The file from its first bytes on; undefined if it is empty: browsers send a field without a file like that. */
const unlessEmpty = async (chunks: Chunks): Promise<AsyncIterable<Uint8Array> | undefined> => {
  const first = await chunks.next();
  return first.done === true ? undefined : restOf(chunks, first.value);
};

/** A reader that stops early leaves the other chunks, to be discarded. */
async function* restOf(chunks: Chunks, first?: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (first) yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

const discard = async (chunks: Chunks): Promise<void> => {
  for await (const _ of restOf(chunks)) continue;
};

const parserOf = (contentType: string, limits: BusboyConfig['limits']): BusboyInstance => {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch {
    throw new HttpProblem('MALFORMED_BODY', 'The form has no boundary.');
  }
};

/**
 * @param body of limited length
 * @param contentType with the boundary
 */
export const multipartForm = (body: AsyncIterable<Uint8Array>, contentType: string): MultipartForm => ({
  read: async <Taken>(
    { fields, fieldBytes, files }: MultipartLimits,
    take: (file: AsyncIterable<Uint8Array>) => Promise<Taken>,
  ): Promise<Form<Taken>> => {
    const parser = parserOf(contentType, { fields, fieldSize: fieldBytes, files });
    const read: [string, string][] = [];
    const taken: Taken[] = [];
    const excess = new Set<string>();
    let taking = Promise.resolve();
    parser.on('field', (name, value, isNameCut, isCut) => {
      read.push([name, value]);
      if (isNameCut || isCut) excess.add(name);
    });
    parser.on('file', (_name, stream) => {
      parser.once('close', () => stream.destroy()); // the rest of a form that was cut off does not come
      const chunks = stream.iterator({ destroyOnReturn: false }) as Chunks;
      const takeAfter = async (others: Promise<void>): Promise<void> => {
        try {
          await others;
          const file = await unlessEmpty(chunks);
          if (file) taken.push(await take(file));
        } finally {
          await discard(chunks);
        }
      };
      taking = takeAfter(taking);
      taking.catch(() => undefined); // awaited below
    });
    for (const limit of ['fieldsLimit', 'filesLimit'] as const) parser.on(limit, () => excess.add(limit));
    try {
      await pipeline(Readable.from(body), parser);
    } catch (error) {
      throw error instanceof HttpProblem
        ? error
        : new HttpProblem('MALFORMED_BODY', 'The form is malformed.');
    }
    await taking;
    if (excess.size > 0) throw new HttpProblem('PAYLOAD_TOO_LARGE', 'The form has too many fields or files, or too long ones.'); // prettier-ignore
    return { fields: read, files: taken };
  },
});
