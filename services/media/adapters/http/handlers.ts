import { hasRole, isStaff, isUser, nameOf, type Principal } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import type { Clock } from '#kernel/clock.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/media.ts';
import type { makeFindFile } from '../../core/application/files.ts';
import type { makeReadPersonalFile } from '../../core/application/personal-files.ts';
import { NO_MEDIA, type makeDelete } from '../../core/application/references.ts';
import type { Draft } from '../../core/application/libraries.ts';
import type {
  Described,
  makeAnnounce,
  makeComplete,
  makeUpload,
} from '../../core/application/store-media.ts';
import { isVisible, type Asset } from '../../core/domain/asset.ts';
import { isOfShop, type Purpose } from '../../core/domain/purpose.ts';
import type { MediaQueries } from '../../core/ports/media-tx.ts';
import type { MediaCode } from './errors.ts';
import { fromMedia } from './mapping.ts';
import { noteMalware } from './security-notes.ts';
import { makeServeFile, type RecentFiles } from './serve-file.ts';
import type { Urls } from './urls.ts';

export interface MediaUseCases {
  readonly upload: ReturnType<typeof makeUpload>;
  readonly announce: ReturnType<typeof makeAnnounce>;
  readonly complete: ReturnType<typeof makeComplete>;
  readonly remove: ReturnType<typeof makeDelete>;
  readonly findFile: ReturnType<typeof makeFindFile>;
  readonly personalData: PersonalData;
  readonly readPersonalFile: ReturnType<typeof makeReadPersonalFile>;
  readonly recent: RecentFiles;
  readonly queries: MediaQueries;
  readonly urls: Urls;
  readonly clock: Clock;
}

const at = (mediaId: string): string => `/api/v1/media/${mediaId}`;

/** Media of products belongs to the shop, so only those who keep its catalogue upload it. */
const draftOf = (principal: Principal, purpose: Purpose): Result<Draft, Refusal<'FORBIDDEN'>> => {
  if (principal.kind !== 'user') return refuse('FORBIDDEN', 'Media is uploaded by users.');
  if (isOfShop(purpose) && !hasRole(principal, 'catalog_manager'))
    return refuse('FORBIDDEN', 'Media of products requires the role catalog_manager.');
  return ok({ ownerId: principal.userId, purpose, isUnlimited: isStaff(principal) });
};

export const makeHandlers = (
  media: MediaUseCases,
  security: SecurityLog,
): Handlers<operations, MediaCode> => {
  const { queries, urls, clock, recent } = media;
  const shown = (described: Described, principal: Principal) => ({
    headers: { ETag: etag(described.asset.version) },
    body: fromMedia(described, urls, mayManage(principal, described.asset) ? clock.now() : undefined),
  });
  return {
    uploadMedia: async ({ principal, query, body, address }) => {
      const draft = draftOf(principal, query.purpose);
      if (!draft.ok) return draft;
      const uploaded = await media.upload(draft.value, body);
      const note = { actor: nameOf(principal), address, operation: 'uploadMedia' };
      if (!uploaded.ok) return noteMalware(security, uploaded.error, note);
      const { headers, body: described } = shown(uploaded.value, principal);
      return { status: 201, headers: { ...headers, Location: at(described.media_id) }, body: described };
    },
    createUpload: async ({ principal, query, body }) => {
      const draft = draftOf(principal, query.purpose);
      if (!draft.ok) return draft;
      const { content_type: type, bytes, sha256 } = body;
      const announced = await media.announce(draft.value, { type, bytes, sha256 });
      if (!announced.ok) return announced;
      const { asset, permit } = announced.value;
      return {
        status: 201,
        headers: { Location: at(asset.id) },
        body: {
          media_id: asset.id,
          method: 'PUT',
          url: permit.url,
          headers: { ...permit.headers },
          expires_at: permit.expiresAt.toISOString(),
        },
      };
    },
    completeUpload: async ({ principal, path, address }) => {
      if (principal.kind !== 'user') return NO_MEDIA;
      const completed = await media.complete(path.media_id, principal.userId);
      const note = { actor: nameOf(principal), address, operation: 'completeUpload' };
      if (!completed.ok) return noteMalware(security, completed.error, note);
      return { status: 200, ...shown(completed.value, principal) };
    },
    getMedia: async ({ principal, path }) => {
      const asset = await queries.assets.find(path.media_id);
      if (!asset || (!isVisible(asset) && !mayManage(principal, asset))) return NO_MEDIA;
      const content = await queries.contents.byName(asset.sha256 ?? '');
      return { status: 200, ...shown({ asset, content }, principal) };
    },
    deleteMedia: async ({ principal, path }) => {
      const gone = await media.remove(path.media_id, (asset) => mayManage(principal, asset));
      recent.forget();
      return gone.ok ? { status: 204 } : gone;
    },
    describeMedia: async ({ body }) => {
      const found = await Promise.all(body.media_ids.map((id) => queries.assets.find(id)));
      const own = found.flatMap((asset) =>
        asset?.status === 'ready' && asset.ownerId === body.owner_id ? [asset] : [],
      );
      const items = own.map(async (asset) => {
        const content = await queries.contents.byName(asset.sha256 ?? '');
        return fromMedia({ asset, content }, urls);
      });
      return { status: 200, body: { items: await Promise.all(items) } };
    },
    ...personalDataHandlers(media.personalData),
    readPersonalFile: async ({ body: { user_id: userId, media_id: mediaId, offset } }) => {
      const part = await media.readPersonalFile(userId, mediaId, offset);
      if (!part.ok) return part;
      const { name, bytes, next } = part.value;
      const content = Buffer.from(bytes).toString('base64');
      return { status: 200, body: { name, content, ...(next === undefined ? {} : { next_offset: next }) } };
    },
    getFile: makeServeFile(media.findFile, urls, clock, recent),
  };
};

/** Media of the shop is managed by those who keep its catalogue, other media by its owner and by moderators. */
const mayManage = (principal: Principal, { ownerId, purpose }: Asset): boolean =>
  isOfShop(purpose)
    ? hasRole(principal, 'catalog_manager')
    : isUser(principal, ownerId) || hasRole(principal, 'moderator');
