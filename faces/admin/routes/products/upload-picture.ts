import * as z from 'zod/mini';
import { upload } from '../../shared/upload.ts';

const Media = z.object({
  url: z.optional(z.string()),
  variants: z.optional(z.array(z.object({ preset: z.string(), content_type: z.string(), url: z.string() }))),
});

/** The file to show: the shop derives the other sizes of a picture from its address. */
const addressOf = ({ variants = [], url }: z.infer<typeof Media>): string | undefined =>
  (
    variants.find(({ preset, content_type: type }) => preset === 'large' && type === 'image/webp') ??
    variants[0]
  )?.url ?? url;

/** Uploads a picture of a product; its address. Throws a `ShopError` or `ShopUnreachable`. */
export const uploadPicture = async (
  file: File,
  onProgress: (share: number) => void,
): Promise<string | undefined> =>
  addressOf(
    Media.parse(
      await upload({
        method: 'POST',
        path: '/api/v1/media?purpose=product',
        body: file,
        contentType: file.type === '' ? 'application/octet-stream' : file.type,
        onProgress,
      }),
    ),
  );
