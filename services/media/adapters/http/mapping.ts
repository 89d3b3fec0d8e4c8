import { after, HOUR } from '#kernel/clock.ts';
import type { components } from '#openapi/generated/media.ts';
import type { Described } from '../../core/application/store-media.ts';
import { originalOf } from '../../core/application/tools.ts';
import type { Content } from '../../core/domain/content.ts';
import { FORMATS, isPrivate, nameOf, sizeIn, variantsOf } from '../../core/domain/preset.ts';
import type { Urls } from './urls.ts';

type Schemas = components['schemas'];

/** How long a signed URL is valid. */
const SIGNED_MS = HOUR;

const variants = (content: Content, urls: Urls): Schemas['MediaVariant'][] =>
  variantsOf(content.sha256).flatMap((file) =>
    'format' in file && !isPrivate(file, content)
      ? [
          {
            preset: file.preset,
            content_type: FORMATS[file.format],
            ...sizeIn(file.preset, { width: content.width ?? 1, height: content.height ?? 1 }),
            url: urls.of(nameOf(file)),
          },
        ]
      : [],
  );

const fromContent = (
  content: Content,
  urls: Urls,
  signUntil: Date | undefined,
): Partial<Schemas['Media']> => {
  const { kind, type, bytes, width, height, colour, placeholder } = content;
  const original = originalOf(content);
  return {
    kind,
    content_type: type,
    bytes,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(colour !== undefined && { colour }),
    ...(placeholder !== undefined && { placeholder }),
    ...(kind === 'picture'
      ? {
          variants: variants(content, urls),
          ...(signUntil && { original_url: urls.signed(original, signUntil) }),
        }
      : { url: urls.of(original) }),
  };
};

/** @param mayHaveOriginal whether the caller gets a URL of the uploaded picture */
export const fromMedia = (
  { asset, content }: Described,
  urls: Urls,
  now: Date,
  mayHaveOriginal: boolean,
): Schemas['Media'] => ({
  media_id: asset.id,
  version: asset.version,
  purpose: asset.purpose,
  status: asset.status,
  created_at: asset.createdAt,
  ...(asset.status === 'ready' &&
    content &&
    fromContent(content, urls, mayHaveOriginal ? after(now, SIGNED_MS) : undefined)),
});
