import type { StoredDocument } from '#kernel/documents.ts';
import { DAY } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Holding } from './holder.ts';
import { isOfShop, type Purpose } from './purpose.ts';
import { isIdle, type Usage } from './usage.ts';

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
  /** Those of them that show it to everyone. */
  readonly shownBy: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; since when nothing refers to it. */
  readonly idleSince?: string;
}

/** How long media of users stays to which nothing refers, milliseconds. */
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
  shownBy: [],
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

/** Refers to it, and shows it to everyone or not. The same object if nothing changes. */
export const refer = (
  asset: Asset,
  { holderId, isPublic }: Pick<Holding, 'holderId' | 'isPublic'>,
): Asset => {
  const { idleSince: _, ...rest } = asset;
  const isKnown = asset.references.includes(holderId);
  if (isKnown && asset.shownBy.includes(holderId) === isPublic) return asset;
  const others = asset.shownBy.filter((one) => one !== holderId);
  return changed(rest, {
    references: isKnown ? asset.references : [...asset.references, holderId],
    shownBy: isPublic ? [...others, holderId] : others,
  });
};

/** The same object if it was not referred to. */
export const unrefer = (asset: Asset, holderId: string, now: Date): Asset => {
  if (!asset.references.includes(holderId)) return asset;
  const without = (ids: readonly string[]) => ids.filter((one) => one !== holderId);
  const references = without(asset.references);
  return changed(asset, {
    references,
    shownBy: without(asset.shownBy),
    ...(references.length === 0 && { idleSince: now.toISOString() }),
  });
};

export const isUsed = ({ references }: Asset): boolean => references.length > 0;

/** Refused while something refers to it. */
export const mayGo = (asset: Asset, usage: Usage | undefined): Result<undefined, InUse> =>
  isUsed(asset) || (usage && usage.products > 0)
    ? refuse('MEDIA_IN_USE', 'Something refers to the media; remove it there first.')
    : ok(undefined);

/** Whether products may show it, which name its content. */
export const isForProducts = ({ purpose, status }: Asset): boolean => isOfShop(purpose) && status === 'ready';

/**
 * Whether nothing has referred to it for so long that it can be removed.
 * @param productMs how long that is for media that products may show; undefined if it stays
 */
export const isForgotten = (
  asset: Asset,
  usage: Usage | undefined,
  productMs: number | undefined,
  now: Date,
): boolean => {
  const { idleSince } = asset;
  const graceMs = isForProducts(asset) ? productMs : GRACE_MS;
  if (idleSince === undefined || graceMs === undefined) return false;
  return now.getTime() - Date.parse(idleSince) >= graceMs && isIdle(usage, graceMs, now);
};

/** Whether it is public. */
export const isVisible = ({ status, purpose, shownBy }: Asset): boolean =>
  status === 'ready' && (isOfShop(purpose) || shownBy.length > 0);
