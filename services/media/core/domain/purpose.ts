import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { FileType, Kind } from './file-type.ts';

interface Rules {
  readonly kinds: readonly Kind[];
  /**
   * Whether it is the shop's: staff manage it, it is public as soon as it is ready, and it stays while nothing refers to it. Other
   * media is its owner's, who may have a limited amount of it.
   */
  readonly isOfShop: boolean;
}

export const PURPOSES = {
  product: { kinds: ['picture', 'video', 'drawing'], isOfShop: true },
  review: { kinds: ['picture', 'video'], isOfShop: false },
  avatar: { kinds: ['picture'], isOfShop: false },
} as const satisfies Readonly<Record<string, Rules>>;

export type Purpose = keyof typeof PURPOSES;

const rulesOf = (purpose: Purpose): Rules => PURPOSES[purpose];

export const isOfShop = (purpose: Purpose): boolean => rulesOf(purpose).isOfShop;

/** Bytes of a file, by what it is. */
export type Limits = Readonly<Record<Kind, number>>;

/** How large a file may be, and what a larger one is refused with. */
export interface SizeLimit<Code extends string = 'FILE_TOO_LARGE'> {
  readonly bytes: number;
  readonly refusal: Refusal<Code>;
}

export const sizeLimit = (bytes: number): SizeLimit => ({
  bytes,
  refusal: { code: 'FILE_TOO_LARGE', detail: `Such a file may have at most ${bytes} bytes.` },
});

export type TypeRefusal = Refusal<'UNSUPPORTED_FILE'>;

/** The size limit of a file of this type; refused if media of this purpose may not have the type. */
export const limitFor = (
  purpose: Purpose,
  type: FileType | undefined,
  limits: Limits,
): Result<SizeLimit, TypeRefusal> => {
  if (!type)
    return refuse('UNSUPPORTED_FILE', 'The file is no JPEG, PNG, WebP, AVIF, GIF, MP4, WebM or SVG.');
  if (!rulesOf(purpose).kinds.includes(type.kind))
    return refuse('UNSUPPORTED_FILE', `A ${type.kind} cannot be used for this purpose.`);
  return ok(sizeLimit(limits[type.kind]));
};
