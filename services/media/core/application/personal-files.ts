import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import { isOfShop } from '../domain/purpose.ts';
import { keyOf, originalOf, type MediaTools } from './tools.ts';

/** Bytes per call: a caller holds one part in memory. */
const PART = 1024 * 1024;

/** Part of a file that a user has uploaded. */
export interface FilePart {
  /** The ID of the media, with the ending of its type. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of the part that follows; absent for the last. */
  readonly next?: number;
}

const NO_FILE = refuse('FILE_NOT_FOUND', 'The user has no such file.');

/**
 * Reads the original of what a user has uploaded for themselves, part by part, for an export of everything about them.
 * @param offset in bytes
 */
export const makeReadPersonalFile =
  ({ queries, blobs }: Pick<MediaTools, 'queries' | 'blobs'>) =>
  async (
    userId: string,
    mediaId: string,
    offset: number,
  ): Promise<Result<FilePart, Refusal<'FILE_NOT_FOUND'>>> => {
    const asset = await queries.assets.find(mediaId);
    const isTheirs = asset?.ownerId === userId && !isOfShop(asset.purpose) && asset.status === 'ready';
    const content = isTheirs ? await queries.contents.byName(asset.sha256 ?? '') : undefined;
    if (!content || offset >= content.bytes) return NO_FILE;
    const end = Math.min(offset + PART, content.bytes);
    const chunks: Uint8Array[] = [];
    const range = { first: offset, last: end - 1 };
    for await (const chunk of blobs.open(keyOf(originalOf(content)), range)) chunks.push(chunk);
    return ok({
      name: `${mediaId}.${content.ending}`,
      bytes: Buffer.concat(chunks),
      ...(end < content.bytes ? { next: end } : {}),
    });
  };
