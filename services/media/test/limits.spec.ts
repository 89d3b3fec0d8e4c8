import { connect } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { onDisk } from '../adapters/blobs/outage.ts';
import { animation, picture, video } from './media.mother.ts';
import { MEDIA, mediaForEachTest, openMedia, OWNER, variantOf } from './media.rig.ts';

const media = mediaForEachTest({ MEDIA_PICTURE_MB: '0.5', MEDIA_VIDEO_MB: '1', MEDIA_PIXELS: '1000000' });

const nothingIsStored = async (): Promise<void> => {
  expect(await media.filesIn('files')).toEqual([]);
  expect(await media.filesIn('spool')).toEqual([]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A PNG file of that size, with one bit per pixel. @param data its pixels; without, it ends after its header */
const pngOf = (width: number, height: number, data = Buffer.alloc(0)): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
};

/** The most memory that the process takes while `work` lasts, beyond what it had before, bytes. */
const memoryDuring = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 1);
  await work();
  clearInterval(timer);
  return most - before;
};

/** A file that begins like a picture and has no end. */
const endless = async function* () {
  yield await picture();
  for (;;) {
    yield Buffer.alloc(64 * 1_024);
    await new Promise(setImmediate);
  }
};

describe('an upload', () => {
  it('is stopped at the size that its kind may have, even if it has no end', async () => {
    const response = await fetch(`${media.url}${MEDIA}?purpose=review`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await media.as(OWNER)}` },
      body: ReadableStream.from(endless()),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'FILE_TOO_LARGE' });
    await nothingIsStored();
  });

  it('may be as large as its kind may be', async () => {
    expect(await media.upload(video(800_000))).toMatchObject({ status: 201 });
    const picture = Buffer.concat([pngOf(10, 10), Buffer.alloc(800_000)]);
    expect(await media.upload(picture)).toMatchObject({ status: 413, body: { code: 'FILE_TOO_LARGE' } });
  });

  it('is refused before it is sent if it says that it is larger than all kinds may be', async () => {
    const socket = connect(Number(new URL(media.url).port), '127.0.0.1');
    const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    const token = await media.as(OWNER);
    socket.write(
      `POST ${MEDIA}?purpose=review HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 209715201\r\n\r\n`,
    );
    expect(await answered).toMatch(/^HTTP\/1.1 413 [^]*PAYLOAD_TOO_LARGE/);
    socket.destroy();
  });

  it('leaves nothing if its client disconnects', async () => {
    const socket = connect(Number(new URL(media.url).port), '127.0.0.1');
    const token = await media.as(OWNER);
    socket.write(
      `POST ${MEDIA}?purpose=review HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 100000\r\n\r\n`,
    );
    socket.write(await picture());
    await until(async () => (await media.filesIn('spool')).length === 1);
    socket.destroy();
    await until(async () => (await media.filesIn('spool')).length === 0);
    await nothingIsStored();
  });

  it.each([
    [30_000, 30_000],
    [14_000, 14_000],
    [1_001, 1_000],
    [1, 2_000_000],
  ])('of %i × %i pixels is refused before it is decoded', async (width, height) => {
    const answer = await media.upload(pngOf(width, height));
    expect(answer).toMatchObject({ status: 422, body: { code: 'PICTURE_TOO_LARGE' } });
    await nothingIsStored();
  });

  it('of a file of 27 KB that unpacks to 196 million pixels takes no memory for them', async () => {
    const side = 14_000;
    const bomb = pngOf(side, side, deflateSync(Buffer.alloc(side * (1 + side / 8))));
    expect(bomb.length).toBeLessThan(27_000);
    const taken = await memoryDuring(async () => {
      expect(await media.upload(bomb)).toMatchObject({ status: 422, body: { code: 'PICTURE_TOO_LARGE' } });
    });
    expect(taken).toBeLessThan(50_000_000);
  });

  it('of an animation shows its first frame, and has so many frames at most', async () => {
    const short = await openMedia({ MEDIA_FRAMES: '3' });
    const shown = await short.upload(await animation(3));
    expect(shown).toMatchObject({ status: 201, body: { width: 20, height: 10 } });
    expect((await short.file(variantOf(shown, 'small', 'image/avif'))).status).toBe(200);
    expect(await short.upload(await animation(4))).toMatchObject({ status: 422, body: { code: 'PICTURE_TOO_LARGE' } }); // prettier-ignore
  });

  it('waits for its turn, but not in a queue without an end', async () => {
    const slow = await openMedia({ MEDIA_ENCODERS: '1' });
    const bytes = await picture();
    const answers = await Promise.all(Array.from({ length: 40 }, () => slow.upload(bytes)));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(33);
    for (const { status, body, headers } of refused) {
      expect([status, body.code]).toEqual([503, 'OVERLOADED']);
      expect(headers.get('retry-after')).toBe('1');
    }
  });
});

describe('a disk that is full', () => {
  it('is an outage and not the fault of the file', async () => {
    const full = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    await expect(onDisk(full)).rejects.toThrow('the disk does not take the file');
    const odd = () => Promise.reject(Object.assign(new Error('odd'), { code: 'EODD' }));
    await expect(onDisk(odd)).rejects.toThrow('odd');
  });
});
