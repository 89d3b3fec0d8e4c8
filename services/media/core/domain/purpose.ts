import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { FileType, Kind } from './file-type.ts';

interface Rules {
  readonly kinds: readonly Kind[];
  /** Whether it is public as soon as it is ready; otherwise, once something refers to it. */
  readonly isPublic: boolean;
  /** Whether it stays until staff deletes it, because nothing says where it is used; otherwise, while something refers to it. */
  readonly isKept: boolean;
}

export const PURPOSES = {
  product: { kinds: ['picture', 'video', 'drawing'], isPublic: true, isKept: true },
  review: { kinds: ['picture', 'video'], isPublic: false, isKept: false },
  avatar: { kinds: ['picture'], isPublic: false, isKept: false },
} as const satisfies Readonly<Record<string, Rules>>;

export type Purpose = keyof typeof PURPOSES;

const rulesOf = (purpose: Purpose): Rules => PURPOSES[purpose];

export const isKept = (purpose: Purpose): boolean => rulesOf(purpose).isKept;

export const isPublic = (purpose: Purpose): boolean => rulesOf(purpose).isPublic;

/** Bytes of a file, by what it is. */
export type Limits = Readonly<Record<Kind, number>>;

export type TypeRefusal = Refusal<'UNSUPPORTED_FILE'>;

/** The largest size, in bytes, of a file of this type; refused if media of this purpose may not have the type. */
export const limitFor = (
  purpose: Purpose,
  type: FileType | undefined,
  limits: Limits,
): Result<number, TypeRefusal> => {
  if (!type)
    return refuse('UNSUPPORTED_FILE', 'The file is no JPEG, PNG, WebP, AVIF, GIF, MP4, WebM or SVG.');
  if (!rulesOf(purpose).kinds.includes(type.kind))
    return refuse('UNSUPPORTED_FILE', `A ${type.kind} cannot be used for this purpose.`);
  return ok(limits[type.kind]);
};
