import type { FileType } from './file-type.ts';

/** The formats of variants, most modern first. */
export const FORMATS = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpg: 'image/jpeg',
} as const;

export type Format = keyof typeof FORMATS;

export interface Preset {
  /** Pixels; narrower pictures are not enlarged. */
  readonly width: number;
  /** Whether its URLs need a signature. */
  readonly isPrivate?: boolean;
}

/** The only sizes that exist: a client cannot make the shop produce others. */
export const PRESETS = {
  thumb: { width: 160 },
  small: { width: 320 },
  medium: { width: 640 },
  large: { width: 1_280 },
  zoom: { width: 2_048 },
  print: { width: 4_096, isPrivate: true },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

/** The uploaded file itself: of a picture it is private, as it says where and when it was taken. */
export const ORIGINAL = 'original';

/** A file that clients may ask for. */
export type FileName = { readonly sha256: string } & (
  | { readonly preset: PresetName; readonly format: Format }
  | { readonly preset: typeof ORIGINAL; readonly ending: string }
);

const NAME = /^(?<sha256>[0-9a-f]{64})-(?<preset>[a-z]{1,16})\.(?<ending>[a-z0-9]{2,5})$/;

const isPreset = (text: string): text is PresetName => Object.hasOwn(PRESETS, text);
const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text);

/** Undefined for every name that `nameOf` does not return. */
export const parseName = (name: string): FileName | undefined => {
  const { sha256 = '', preset = '', ending = '' } = NAME.exec(name)?.groups ?? {};
  if (preset === ORIGINAL) return { sha256, preset, ending };
  return isPreset(preset) && isFormat(ending) ? { sha256, preset, format: ending } : undefined;
};

export const nameOf = (file: FileName): string =>
  `${file.sha256}-${file.preset}.${'format' in file ? file.format : file.ending}`;

/** All variants that a picture can have. */
export const variantsOf = (sha256: string): readonly FileName[] =>
  (Object.keys(PRESETS) as PresetName[]).flatMap((preset) =>
    (Object.keys(FORMATS) as Format[]).map((format) => ({ sha256, preset, format })),
  );

/** Whether a URL of the file needs a signature. */
export const isPrivate = ({ preset }: FileName, { kind }: Pick<FileType, 'kind'>): boolean => {
  if (preset === ORIGINAL) return kind === 'picture';
  const { isPrivate: needsSignature = false }: Preset = PRESETS[preset];
  return needsSignature;
};

/** The size of a variant, in pixels. */
export const sizeIn = (
  preset: PresetName,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } => {
  const shown = Math.min(width, PRESETS[preset].width);
  return { width: shown, height: Math.max(1, Math.round((height * shown) / width)) };
};
