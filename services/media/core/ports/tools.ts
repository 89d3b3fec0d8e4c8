import type { Refusal, Result } from '#kernel/result.ts';
import type { Facts } from '../domain/content.ts';
import type { Announced } from '../domain/asset.ts';
import type { Format, PresetName } from '../domain/preset.ts';

export type PictureRefusal = Refusal<'UNREADABLE_FILE' | 'PICTURE_TOO_LARGE'>;

/** Reads and makes pictures. */
export interface Pictures {
  /** Decodes a picture completely, so that a damaged one is refused. */
  inspect(
    path: string,
  ): Promise<Result<Pick<Facts, 'width' | 'height' | 'placeholder' | 'colour'>, PictureRefusal>>;
  /** Writes a variant: upright, without metadata, never larger than the picture. Returns its size in bytes. */
  encode(source: string, target: string, preset: PresetName, format: Format): Promise<number>;
}

/** Looks for malware; throws an outage if it cannot look. */
export interface Scanner {
  /** What it has found. */
  scan(path: string): Promise<string | undefined>;
}

/** Takes files out of the caches of a content delivery network. */
export interface Cdn {
  /** @param names of files that no longer exist */
  purge(names: readonly string[]): Promise<void>;
}

/** What a client needs to send a file to the object storage. */
export interface Permit {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

/** Uploads straight to the object storage, where one is used. */
export interface DirectUploads {
  /** A request that the storage accepts for exactly this file, for a limited time. */
  permit(key: string, announced: Announced): Promise<Permit>;
}
