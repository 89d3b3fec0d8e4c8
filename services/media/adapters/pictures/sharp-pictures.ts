import { ok, refuse } from '#kernel/result.ts';
import type { Sharp, SharpOptions } from 'sharp';
import { PRESETS, type Format } from '../../core/domain/preset.ts';
import type { Pictures } from '../../core/ports/tools.ts';

export interface PictureLimits {
  /** Width × height, and that of all frames of an animation. */
  readonly pixels: number;
  readonly frames: number;
}

/** The decoders of the types that are stored; libvips has many more, of which some are not safe with files of strangers. */
const DECODERS = [
  'VipsForeignLoadJpegFile',
  'VipsForeignLoadPngFile',
  'VipsForeignLoadWebpFile',
  'VipsForeignLoadHeifFile',
  'VipsForeignLoadNsgifFile',
];

/** Pixels of the longer side of a placeholder. */
const PLACEHOLDER = 16;

/** Far longer than any picture within the limits takes. */
const TIMEOUT_S = 60;

/** An effort of 4 takes ten times as long for the same size. */
const ENCODERS: Readonly<Record<Format, (picture: Sharp) => Sharp>> = {
  avif: (picture) => picture.avif({ quality: 50, effort: 2 }),
  webp: (picture) => picture.webp({ quality: 78, effort: 3 }),
  jpg: (picture) => picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80, mozjpeg: true }),
};

/** 18 MB of native code, which a shop without pictures does not load. */
const load = async () => {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: DECODERS });
  sharp.cache(false); // no picture is read twice
  sharp.concurrency(1); // several pictures at once instead
  return sharp;
};

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0');

/** Pictures by libvips. */
export const sharpPictures = ({ pixels, frames }: PictureLimits): Pictures => {
  let loading: ReturnType<typeof load> | undefined;
  const opened = async (path: string, more: SharpOptions = {}): Promise<Sharp> => {
    const sharp = await (loading ??= load());
    const options = { limitInputPixels: pixels, failOn: 'truncated', pages: 1, ...more } as const;
    return sharp(path, options).timeout({ seconds: TIMEOUT_S });
  };

  return {
    inspect: async (path) => {
      const unreadable = refuse('UNREADABLE_FILE', 'The picture is damaged or incomplete.');
      // The header alone, so that a picture that is too large is refused as such.
      const header = await (
        await opened(path, { limitInputPixels: false })
      )
        .metadata()
        .catch(() => undefined);
      if (!header) return unreadable;
      const { width, height, pages = 1 } = header;
      if (width * height > pixels || pages > frames || width * height * pages > 4 * pixels)
        return refuse(
          'PICTURE_TOO_LARGE',
          `A picture may have at most ${pixels} pixels, and an animation ${frames} frames.`,
        );
      try {
        const sharp = await (loading ??= load());
        const { data, info } = await (
          await opened(path)
        )
          .autoOrient()
          .resize(PLACEHOLDER, PLACEHOLDER, { fit: 'inside' })
          .toColourspace('srgb')
          .raw()
          .toBuffer({ resolveWithObject: true });
        const small = (): Sharp => sharp(data, { raw: info });
        const placeholder = await small().webp({ quality: 40 }).toBuffer();
        const { dominant } = await small().flatten({ background: '#ffffff' }).stats();
        return ok({
          ...header.autoOrient,
          placeholder: `data:image/webp;base64,${placeholder.toString('base64')}`,
          colour: `#${hex(dominant.r)}${hex(dominant.g)}${hex(dominant.b)}`,
        });
      } catch {
        return unreadable;
      }
    },
    encode: async (source, target, preset, format) => {
      const picture = (await opened(source))
        .autoOrient()
        .resize({ width: PRESETS[preset].width, withoutEnlargement: true });
      return (await ENCODERS[format](picture).toFile(target)).size;
    },
  };
};
