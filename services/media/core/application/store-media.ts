import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { newAsset, ready, rejected, withContent, type Announced, type Asset } from '../domain/asset.ts';
import { newContent, recounted, stored, type Content, type Facts } from '../domain/content.ts';
import { kindOf, typeOf } from '../domain/file-type.ts';
import { leave, UNLIMITED, type Quota, type QuotaExceeded } from '../domain/library.ts';
import { limitFor, type Purpose, type TypeRefusal } from '../domain/purpose.ts';
import type { SpooledFile } from '../ports/spool.ts';
import type { DirectUploads, Permit, PictureRefusal } from '../ports/tools.ts';
import { ANY_SIZE, changeLibrary, makeLibraries, type Draft, type Room } from './libraries.ts';
import { saveAsset } from './records.ts';
import { incomingOf, keyOf, originalOf, type MediaTools } from './tools.ts';

/** A file that is not stored, for the security log. */
export interface MalwareFound extends Refusal<'MALWARE_FOUND'> {
  readonly file: {
    readonly purpose: Purpose;
    readonly sha256: string;
    readonly bytes: number;
    /** What the scanner calls it. */
    readonly malware: string;
  };
}

type FileRefusal =
  TypeRefusal | PictureRefusal | MalwareFound | QuotaExceeded | Refusal<'UNAVAILABLE' | 'OTHER_FILE'>;
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
    const malware = await scanner.scan(path);
    if (malware !== undefined)
      return err({
        code: 'MALWARE_FOUND',
        detail: 'The file contains malware.',
        file: { purpose, sha256, bytes, malware },
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

/** A file that is to become media. */
interface Incoming extends Pick<Asset, 'purpose' | 'announced'> {
  readonly pendingOf: (sha256: string) => Pending;
  /** How large it may be, besides what all files of its kind may be. */
  readonly room: Room;
  readonly quota: Quota;
}

const LEAVING = refuse('UNAVAILABLE', 'A file with this content is just being removed; try again shortly.');

/**
 * Stores a file for media. The records come first, so that each file has one: a process that dies half way leaves media that is
 * pending, which is removed like any that nothing refers to.
 */
const makeStore = (tools: MediaTools) => {
  const { unitOfWork, blobs, ids, clock } = tools;
  const { lockLibrary, enterFile } = makeLibraries(tools);
  return async (
    { pendingOf, quota }: Incoming,
    facts: Facts,
    { path }: SpooledFile,
  ): Promise<Result<Described, QuotaExceeded | Refusal<'UNAVAILABLE'>>> => {
    const { sha256, type, bytes } = facts;
    const held = await unitOfWork.run(async (tx) => {
      const { asset, isHolding = false } = pendingOf(sha256);
      await lockLibrary(tx, asset);
      const found = await tx.contents.lockByName(sha256);
      if (found?.isLeaving === true) return LEAVING;
      const entered = await enterFile(tx, asset, bytes, quota);
      if (!entered.ok) return entered;
      if (found && isHolding) return ok({ asset, content: found });
      const content = found ? recounted(found, { holders: 1 }, clock.now()) : newContent(ids.next(), facts);
      await tx.contents.save(content, [sha256]);
      await tx.assets.save(asset);
      return ok({ asset, content });
    });
    if (!held.ok) return held;
    const { asset, content } = held.value;
    if (!content.isStored) await blobs.put(keyOf(originalOf(facts)), path, type);
    return ok(
      await unitOfWork.run(async (tx) => {
        const found = await tx.contents.lockByName(sha256);
        if (!found) throw new Error(`the content ${sha256} is gone although media has it`);
        if (!found.isStored) await tx.contents.save(stored(found), [sha256]);
        const done = ready(asset);
        return { asset: done, content: await saveAsset(tx, asset, done, clock.now()) };
      }),
    );
  };
};

/** Receives a file of media, and stores it if it is what it should be. */
const makeReceive = (tools: MediaTools) => {
  const [examine, store] = [makeExamine(tools), makeStore(tools)];
  return (
    incoming: Incoming,
    source: AsyncIterable<Uint8Array>,
  ): Promise<Result<Described, UploadRefusal>> => {
    const { purpose, announced, room } = incoming;
    return tools.spool.receive<Described, FileRefusal, 'FILE_TOO_LARGE' | 'MEDIA_QUOTA_EXCEEDED'>(
      source,
      (head) => {
        const limit = limitFor(purpose, typeOf(head), tools.limits);
        return limit.ok && room.bytes < limit.value.bytes ? ok(room) : limit;
      },
      async (file) => {
        if (announced && announced.sha256 !== file.sha256)
          return refuse('OTHER_FILE', 'The file is not the one that was announced.');
        const facts = await examine(file, purpose);
        return facts.ok ? store(incoming, facts.value, file) : facts;
      },
    );
  };
};

/** Media from a file as it arrives. */
export const makeUpload = (tools: MediaTools) => {
  const { ids, clock } = tools;
  const receive = makeReceive(tools);
  const { quotaOf, withPlace } = makeLibraries(tools);
  return (draft: Draft, source: AsyncIterable<Uint8Array>): Promise<Result<Described, UploadRefusal>> => {
    const { ownerId, purpose } = draft;
    const [id, now] = [ids.next(), clock.now()];
    const pendingOf = (sha256: string): Pending => ({
      asset: newAsset(id, { ownerId, purpose, sha256 }, now),
    });
    return withPlace(draft, id, (room) =>
      receive({ purpose, pendingOf, room, quota: quotaOf(draft) }, source),
    );
  };
};

type AnnouncementRefusal = TypeRefusal | QuotaExceeded | Refusal<'FILE_TOO_LARGE' | 'NO_DIRECT_UPLOAD'>;

/** Prepares an upload straight to the object storage. */
export const makeAnnounce = (tools: MediaTools, direct: DirectUploads | undefined) => {
  const { unitOfWork, ids, clock, limits } = tools;
  const libraries = makeLibraries(tools);
  return async (
    draft: Draft,
    announced: Announced,
  ): Promise<Result<{ asset: Asset; permit: Permit }, AnnouncementRefusal>> => {
    if (!direct) return NOT_DIRECT;
    const { ownerId, purpose } = draft;
    const kind = kindOf(announced.type);
    const limit = limitFor(purpose, kind && { ...announced, kind, ending: '' }, limits);
    if (!limit.ok) return limit;
    if (announced.bytes > limit.value.bytes) return err(limit.value.refusal);
    const asset = newAsset(ids.next(), { ownerId, purpose, announced }, clock.now());
    const permit = await direct.permit(incomingOf(asset.id), announced);
    return unitOfWork.run(async (tx) => {
      const entered = await libraries.announce(tx, draft, asset.id, announced.bytes);
      if (!entered.ok) return entered;
      await tx.assets.save(asset);
      return ok({ asset, permit });
    });
  };
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
    const pendingOf = (sha256: string): Pending =>
      asset.sha256 === sha256 ? { asset, isHolding: true } : { asset: withContent(asset, sha256) };
    // Its owner has had room for it since it was announced.
    const file = { ...asset, pendingOf, room: ANY_SIZE, quota: UNLIMITED };
    const received = await receive(file, blobs.open(incoming));
    if (!received.ok && received.error.code === 'UNAVAILABLE') return received;
    if (!received.ok)
      await unitOfWork.run(async (tx) => {
        await tx.assets.save(rejected(asset));
        await changeLibrary(tx, ownerId, (library) => leave(library, mediaId));
      });
    await blobs.remove([incoming]);
    return received;
  };
};
