import type { StoredDocument } from '#kernel/documents.ts';
import { DAY } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { isKept, isPublic, type Purpose } from './purpose.ts';

/** What a client has announced to send to the object storage. */
export interface Announced {
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Media: a file that a user has uploaded for a purpose. */
export interface Asset extends StoredDocument {
  readonly ownerId: string;
  readonly purpose: Purpose;
  readonly status: 'pending' | 'ready' | 'rejected';
  /** Of its content; absent until that is known. */
  readonly sha256?: string;
  readonly announced?: Announced;
  /** IDs of what refers to it, such as reviews. */
  readonly references: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; since when nothing refers to it. */
  readonly idleSince?: string;
}

/** How long media stays to which nothing refers, milliseconds. */
export const GRACE_MS = DAY;

export type InUse = Refusal<'MEDIA_IN_USE'>;

export const newAsset = (
  id: string,
  draft: Pick<Asset, 'ownerId' | 'purpose' | 'sha256' | 'announced'>,
  now: Date,
): Asset => ({
  id,
  version: 1,
  ...draft,
  status: 'pending',
  references: [],
  createdAt: now.toISOString(),
  idleSince: now.toISOString(),
});

const changed = (asset: Asset, change: Partial<Asset>): Asset => ({
  ...asset,
  ...change,
  version: asset.version + 1,
});

/** Its content is known, and being stored. */
export const withContent = (asset: Asset, sha256: string): Asset => changed(asset, { sha256 });
export const ready = (asset: Asset): Asset => changed(asset, { status: 'ready' });
export const rejected = (asset: Asset): Asset => changed(asset, { status: 'rejected' });

/** Refers to it; a reference that it has is no change. */
export const refer = (asset: Asset, holder: string): Asset => {
  if (asset.references.includes(holder)) return asset;
  const { idleSince: _, ...rest } = asset;
  return changed(rest, { references: [...asset.references, holder] });
};

export const unrefer = (asset: Asset, holder: string, now: Date): Asset => {
  const references = asset.references.filter((one) => one !== holder);
  return changed(asset, { references, ...(references.length === 0 && { idleSince: now.toISOString() }) });
};

/** Refused while something refers to it. */
export const mayGo = ({ references }: Asset): Result<undefined, InUse> =>
  references.length === 0
    ? ok(undefined)
    : refuse('MEDIA_IN_USE', 'Something refers to the media; remove it there first.');

/** Whether nothing has referred to it for so long that it can be removed. */
export const isForgotten = ({ idleSince, purpose, status }: Asset, now: Date): boolean =>
  idleSince !== undefined &&
  !(isKept(purpose) && status === 'ready') &&
  now.getTime() - Date.parse(idleSince) >= GRACE_MS;

/** Whether it is public. */
export const isVisible = ({ status, purpose, references }: Asset): boolean =>
  status === 'ready' && (isPublic(purpose) || references.length > 0);
