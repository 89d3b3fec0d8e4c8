import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { newAsset, ready, rejected, withContent, type Announced, type Asset } from '../domain/asset.ts';
import { hold, newContent, stored, type Content, type Facts } from '../domain/content.ts';
import { kindOf, typeOf } from '../domain/file-type.ts';
import { limitFor, type Purpose, type TypeRefusal } from '../domain/purpose.ts';
import type { SpooledFile } from '../ports/spool.ts';
import type { DirectUploads, Permit, PictureRefusal } from '../ports/tools.ts';
import { incomingOf, keyOf, originalOf, type MediaTools } from './tools.ts';

/** A file that is not stored, for the security log. */
export interface MalwareFound extends Refusal<'MALWARE_FOUND'> {
  readonly file: {
    readonly purpose: Purpose;
    readonly sha256: string;
    readonly bytes: number;
    /** What the scanner calls it. */
    readonly signature: string;
  };
}

type FileRefusal = TypeRefusal | PictureRefusal | MalwareFound | Refusal<'UNAVAILABLE' | 'OTHER_FILE'>;
export type UploadRefusal = FileRefusal | Refusal<'FILE_TOO_LARGE'>;
export type CompletionRefusal =
  UploadRefusal | Refusal<'MEDIA_NOT_FOUND' | 'UPLOAD_INCOMPLETE' | 'NO_DIRECT_UPLOAD'>;

/** Media with what is known about its file. */
export interface Described {
  readonly asset: Asset;
  readonly content: Content | undefined;
}

const NO_UPLOAD = refuse('MEDIA_NOT_FOUND', 'There is no such upload.');
const NOT_DIRECT = refuse('NO_DIRECT_UPLOAD', 'Files are sent to POST /api/v1/media.');

/** What is known about a file, if it may be stored. Nothing is believed that its client says. */
const makeExamine =
  ({ scanner, pictures, inTurn }: MediaTools) =>
  async (
    { path, bytes, sha256, head }: SpooledFile,
    purpose: Purpose,
  ): Promise<Result<Facts, FileRefusal>> => {
    const type = typeOf(head);
    if (!type) throw new Error('the spool has let a file of no type pass');
    const signature = await scanner.scan(path);
    if (signature !== undefined)
      return err({
        code: 'MALWARE_FOUND',
        detail: 'The file contains malware.',
        file: { purpose, sha256, bytes, signature },
      });
    if (type.kind !== 'picture') return ok({ ...type, sha256, bytes });
    const shape = await inTurn(() => pictures.inspect(path));
    return shape.ok ? ok({ ...type, sha256, bytes, ...shape.value }) : shape;
  };

/** Media whose content is known, and is about to be stored. */
interface Pending {
  readonly asset: Asset;
  /** Whether it has been saved so before, by a process that died. */
  readonly isHolding?: boolean;
}

/**
 * Stores a file for media. The records come first, so that each file has one: a process that dies half way leaves media that is
 * pending, which is removed like any that nothing refers to.
 */
const makeStore =
  ({ unitOfWork, blobs, ids }: MediaTools) =>
  async (
    pendingOf: (sha256: string) => Pending,
    facts: Facts,
    { path }: SpooledFile,
  ): Promise<Result<Described, Refusal<'UNAVAILABLE'>>> => {
    const { sha256, type } = facts;
    const held = await unitOfWork.run(async ({ assets, contents }) => {
      const found = await contents.byName(sha256);
      if (found?.isLeaving === true) return undefined;
      const { asset, isHolding = false } = pendingOf(sha256);
      if (found && isHolding) return { asset, content: found };
      const content = found ? hold(found) : newContent(ids.next(), facts);
      await contents.save(content, [sha256]);
      await assets.save(asset);
      return { asset, content };
    });
    if (!held)
      return refuse('UNAVAILABLE', 'A file with this content is just being removed; try again shortly.');
    if (!held.content.isStored) await blobs.put(keyOf(originalOf(facts)), path, type);
    return ok(
      await unitOfWork.run(async ({ assets, contents }) => {
        const found = await contents.byName(sha256);
        if (!found) throw new Error(`the content ${sha256} is gone although media has it`);
        const content = found.isStored ? found : stored(found);
        if (content !== found) await contents.save(content, [sha256]);
        const done = ready(held.asset);
        await assets.save(done);
        return { asset: done, content };
      }),
    );
  };

/** Receives a file of media, and stores it if it is what it should be. */
const makeReceive = (tools: MediaTools) => {
  const [examine, store] = [makeExamine(tools), makeStore(tools)];
  return (
    { purpose, announced }: Pick<Asset, 'purpose' | 'announced'>,
    source: AsyncIterable<Uint8Array>,
    pendingOf: (sha256: string) => Pending,
  ): Promise<Result<Described, UploadRefusal>> =>
    tools.spool.receive<Described, FileRefusal>(
      source,
      (head) => limitFor(purpose, typeOf(head), tools.limits),
      async (file) => {
        if (announced && announced.sha256 !== file.sha256)
          return refuse('OTHER_FILE', 'The file is not the one that was announced.');
        const facts = await examine(file, purpose);
        return facts.ok ? store(pendingOf, facts.value, file) : facts;
      },
    );
};

export interface Draft {
  readonly ownerId: string;
  readonly purpose: Purpose;
}

/** Media from a file as it arrives. */
export const makeUpload = (tools: MediaTools) => {
  const receive = makeReceive(tools);
  return (draft: Draft, source: AsyncIterable<Uint8Array>): Promise<Result<Described, UploadRefusal>> => {
    const [id, now] = [tools.ids.next(), tools.clock.now()];
    return receive(draft, source, (sha256) => ({ asset: newAsset(id, { ...draft, sha256 }, now) }));
  };
};

/** Prepares an upload straight to the object storage. */
export const makeAnnounce =
  ({ unitOfWork, ids, clock, limits }: MediaTools, direct: DirectUploads | undefined) =>
  async (
    draft: Draft,
    announced: Announced,
  ): Promise<
    Result<{ asset: Asset; permit: Permit }, TypeRefusal | Refusal<'FILE_TOO_LARGE' | 'NO_DIRECT_UPLOAD'>>
  > => {
    if (!direct) return NOT_DIRECT;
    const kind = kindOf(announced.type);
    const limit = limitFor(draft.purpose, kind && { ...announced, kind, ending: '' }, limits);
    if (!limit.ok) return limit;
    if (announced.bytes > limit.value)
      return refuse('FILE_TOO_LARGE', `Such a file may have at most ${limit.value} bytes.`);
    const asset = newAsset(ids.next(), { ...draft, announced }, clock.now());
    const permit = await direct.permit(incomingOf(asset.id), announced);
    await unitOfWork.run(({ assets }) => assets.save(asset));
    return ok({ asset, permit });
  };

/** Checks and stores a file that a client has sent to the object storage. */
export const makeComplete = (tools: MediaTools, direct: DirectUploads | undefined) => {
  const { unitOfWork, queries, blobs } = tools;
  const receive = makeReceive(tools);
  return async (mediaId: string, ownerId: string): Promise<Result<Described, CompletionRefusal>> => {
    if (!direct) return NOT_DIRECT;
    const asset = await queries.assets.find(mediaId);
    if (asset?.ownerId !== ownerId || !asset.announced || asset.status === 'rejected') return NO_UPLOAD;
    if (asset.status === 'ready')
      return ok({ asset, content: await queries.contents.byName(asset.sha256 ?? '') });
    const incoming = incomingOf(mediaId);
    if ((await blobs.sizeOf(incoming)) === undefined)
      return refuse('UPLOAD_INCOMPLETE', 'The storage has not received the file.');
    const received = await receive(asset, blobs.open(incoming), (sha256) =>
      asset.sha256 === sha256 ? { asset, isHolding: true } : { asset: withContent(asset, sha256) },
    );
    if (!received.ok && received.error.code === 'UNAVAILABLE') return received;
    if (!received.ok) await unitOfWork.run(({ assets }) => assets.save(rejected(asset)));
    await blobs.remove([incoming]);
    return received;
  };
};
