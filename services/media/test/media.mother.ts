import sharp from 'sharp';

interface Drawn {
  readonly width?: number;
  readonly height?: number;
  /** As in EXIF: 6 means that the camera was turned. */
  readonly orientation?: number;
  /** With the noise of a real camera, so that it does not compress to nothing. */
  readonly isNoisy?: boolean;
}

const [BLUE, GREEN] = [
  [0, 0, 192],
  [0, 160, 0],
] as const;

/** A picture by a camera that says where it was: blue on the left and green on the right, so that one sees which side is up. */
export const picture = (
  format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' = 'jpeg',
  { width = 60, height = 40, orientation = 1, isNoisy = false }: Drawn = {},
): Promise<Buffer> => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) pixels.set(at % width < width / 2 ? BLUE : GREEN, at * 3);
  if (isNoisy)
    for (let at = 0; at < pixels.length; at += 1) pixels[at] = (pixels[at] ?? 0) + ((at * at) % 31);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .withExif({ IFD0: { Make: 'CameraMaker' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .withMetadata({ orientation })
    .toBuffer();
};

/** As many frames as that. */
export const animation = (frames: number): Promise<Buffer> => {
  const [width, pageHeight] = [20, 10];
  const pixels = Buffer.alloc(width * pageHeight * frames * 3);
  for (let frame = 0; frame < frames; frame += 1)
    pixels.fill(frame * 9, frame * width * pageHeight * 3, (frame + 1) * width * pageHeight * 3);
  const raw = { width, height: pageHeight * frames, channels: 3, pageHeight } as const;
  return sharp(pixels, { raw }).gif().toBuffer();
};

/** The beginning of an MP4 file, and something behind it. */
export const video = (bytes = 5_000): Buffer =>
  Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.alloc(bytes, 7)]);

export const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
