/** What can be done with a file: a picture is shown in variants, a video and a drawing as they are. */
export type Kind = 'picture' | 'video' | 'drawing';

export interface FileType {
  /** As in `Content-Type`. */
  readonly type: string;
  readonly kind: Kind;
  /** Without the dot. */
  readonly ending: string;
}

/** Bytes of a file that are enough to recognise its type. */
export const HEAD_BYTES = 4_096;

const AVIF = { type: 'image/avif', kind: 'picture', ending: 'avif' } as const;
const WEBM = { type: 'video/webm', kind: 'video', ending: 'webm' } as const;
const MP4 = { type: 'video/mp4', kind: 'video', ending: 'mp4' } as const;
const SVG = { type: 'image/svg+xml', kind: 'drawing', ending: 'svg' } as const;

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

interface Signed extends FileType {
  /** Of the first bytes as Latin-1. */
  readonly signature: RegExp;
}

const SIGNED: readonly Signed[] = [
  { type: 'image/jpeg', kind: 'picture', ending: 'jpg', signature: /^\xff\xd8\xff/ },
  { type: 'image/png', kind: 'picture', ending: 'png', signature: /^\x89PNG\r\n.\n/s },
  { type: 'image/gif', kind: 'picture', ending: 'gif', signature: /^GIF8[79]a/ },
  { type: 'image/webp', kind: 'picture', ending: 'webp', signature: /^RIFF[^]{4}WEBP/ },
  { ...AVIF, signature: /^[^]{4}ftyp(avif|avis)/ },
  { ...MP4, signature: /^[^]{4}ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV)/ },
  { ...WEBM, signature: /^.E\xdf\xa3[^]{0,60}webm/s },
  // Of what may precede the root element, only what drawing programs write.
  {
    ...SVG,
    signature:
      /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--(?:[^-]|-(?!->))*-->\s*)?(<!DOCTYPE svg[^>[]*>\s*)?<svg[\s>]/,
  },
];

/** All types that are stored. */
export const FILE_TYPES: readonly FileType[] = SIGNED.map(({ type, kind, ending }) => ({
  type,
  kind,
  ending,
}));

/**
 * What a file is, by its content alone: a name or a header may say anything. Undefined for what is not stored.
 * @param head its first `HEAD_BYTES` bytes, or all
 */
export const typeOf = (head: Uint8Array): FileType | undefined => {
  const text = textOf(head.subarray(0, HEAD_BYTES));
  const found = SIGNED.find(({ signature }) => signature.test(text));
  return found && { type: found.type, kind: found.kind, ending: found.ending };
};

export const kindOf = (type: string): Kind | undefined => FILE_TYPES.find((one) => one.type === type)?.kind;
