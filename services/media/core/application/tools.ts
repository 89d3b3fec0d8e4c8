import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { nameOf, ORIGINAL } from '../domain/preset.ts';
import type { Quota } from '../domain/library.ts';
import type { Limits } from '../domain/purpose.ts';
import type { Content } from '../domain/content.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { MediaQueries, MediaTx } from '../ports/media-tx.ts';
import type { Spool } from '../ports/spool.ts';
import type { Cdn, Pictures, Scanner } from '../ports/tools.ts';

/** What the use cases work with. */
export interface MediaTools {
  readonly unitOfWork: UnitOfWork<MediaTx>;
  readonly queries: MediaQueries;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  readonly pictures: Pictures;
  readonly scanner: Scanner;
  readonly cdn: Cdn;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly limits: Limits;
  /** Of a customer. */
  readonly quota: Quota;
  /** How long media of products stays that no product shows, milliseconds; undefined if until it is deleted. */
  readonly productGraceMs: number | undefined;
  /** Does work with pictures, a bounded amount at once; rejects with `Overloaded` if too much waits. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Identifies this process. */
  readonly owner: string;
}

/** Where the files are that clients may ask for, and originals. */
export const FILES = 'files/';

export const keyOf = (name: string): string => `${FILES}${name}`;

export const originalOf = ({ sha256, ending }: Pick<Content, 'sha256' | 'ending'>): string =>
  nameOf({ sha256, preset: ORIGINAL, ending });

/** Where clients send files that nobody has checked. */
export const INCOMING = 'incoming/';

export const incomingOf = (mediaId: string): string => `${INCOMING}${mediaId}`;
