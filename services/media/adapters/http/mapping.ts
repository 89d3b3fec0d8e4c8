import { after, HOUR } from '#kernel/clock.ts';
import type { components } from '#openapi/generated/media.ts';
import type { Described } from '../../core/application/store-media.ts';
import { originalOf } from '../../core/application/tools.ts';
import { isShown, type Content } from '../../core/domain/content.ts';
import { FORMATS, isPrivate, nameOf, sizeIn, variantsOf } from '../../core/domain/preset.ts';
import type { Urls } from './urls.ts';

type Schemas = components['schemas'];

/** How long a signed URL is valid. */
const SIGNED_MS = HOUR;

/** The URL of a file for its reader. */
type UrlOf = (name: string) => string;

const variants = (content: Content, urlOf: UrlOf): Schemas['MediaVariant'][] =>
  variantsOf(content.sha256).flatMap((file) =>
    'format' in file && !isPrivate(file, content)
      ? [
          {
            preset: file.preset,
            content_type: FORMATS[file.format],
            ...sizeIn(file.preset, { width: content.width ?? 1, height: content.height ?? 1 }),
            url: urlOf(nameOf(file)),
          },
        ]
      : [],
  );

const fromContent = (content: Content, urls: Urls, now: Date | undefined): Partial<Schemas['Media']> => {
  const { kind, type, bytes, width, height, colour, placeholder } = content;
  const original = originalOf(content);
  const signed = now && ((name: string) => urls.signed(name, after(now, SIGNED_MS)));
  const urlOf = isShown(content) ? urls.of : (signed ?? urls.of);
  return {
    kind,
    content_type: type,
    bytes,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(colour !== undefined && { colour }),
    ...(placeholder !== undefined && { placeholder }),
    ...(kind === 'picture'
      ? { variants: variants(content, urlOf), ...(signed && { original_url: signed(original) }) }
      : { url: urlOf(original) }),
  };
};

/**
 * @param now for those who may see what is not public: they get URLs that are valid for an hour. Others get URLs that are valid
 * while the media is public.
 */
export const fromMedia = ({ asset, content }: Described, urls: Urls, now?: Date): Schemas['Media'] => ({
  media_id: asset.id,
  version: asset.version,
  purpose: asset.purpose,
  status: asset.status,
  created_at: asset.createdAt,
  ...(asset.status === 'ready' && content && fromContent(content, urls, now)),
});
