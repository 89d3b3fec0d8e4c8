import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { isMultipart, multipartForm, type MultipartForm } from './multipart.ts';

const LIMITS = { fields: 3, fieldBytes: 100, files: 2 };

/** As a browser would post it. */
const posted = (parts: readonly (readonly [string, string | Blob])[]): MultipartForm => {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const request = new Request('http://shop.test', { method: 'POST', body: form });
  return multipartForm(request.body ?? new ReadableStream(), request.headers.get('content-type') ?? '');
};

const whole = async (file: AsyncIterable<Uint8Array>): Promise<string> => (await buffer(file)).toString();

const big = (character: string): Blob => new Blob([character.repeat(300_000)]);

describe('a form with files', () => {
  it('has its fields, and its files one after the other', async () => {
    const { fields, files } = await posted([
      ['picture', new Blob(['one'])],
      ['title', 'Grüße'],
      ['keep', 'a'],
      ['picture', big('2')],
      ['keep', 'b'],
    ]).read(LIMITS, whole);
    expect(fields).toEqual([['title', 'Grüße'], ['keep', 'a'], ['keep', 'b']]); // prettier-ignore
    expect(files.map((file) => [file.length, file.slice(0, 3)])).toEqual([[3, 'one'], [300_000, '222']]); // prettier-ignore
  });

  it('does not have the file of a field that was left empty', async () => {
    const form = posted([
      ['picture', new Blob([])],
      ['title', 'x'],
    ]);
    expect(await form.read(LIMITS, whole)).toEqual({ fields: [['title', 'x']], files: [] });
  });

  it('goes on after a file that was not read to its end', async () => {
    const form = posted([
      ['picture', big('1')],
      ['picture', big('2')],
      ['title', 'x'],
    ]);
    const first = async (file: AsyncIterable<Uint8Array>): Promise<number> => {
      for await (const chunk of file) return chunk[0] ?? 0;
      return 0;
    };
    expect(await form.read(LIMITS, first)).toEqual({ fields: [['title', 'x']], files: [0x31, 0x32] });
  });

  it.each<[string, readonly (readonly [string, string | Blob])[]]>([
    ['too many fields', Array.from({ length: 4 }, () => ['a', 'b'])],
    ['too long a field', [['a', 'x'.repeat(101)]]],
    ['too many files', Array.from({ length: 3 }, () => ['picture', new Blob(['x'])])],
  ])('is refused with %s', async (_, parts) => {
    await expect(posted(parts).read(LIMITS, whole)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('is refused if it has no boundary', async () => {
    const form = multipartForm(new Blob(['x']).stream(), 'multipart/form-data');
    await expect(form.read(LIMITS, whole)).rejects.toMatchObject({ code: 'MALFORMED_BODY' });
  });

  it('is refused if it is cut off in a file, whose reader does not wait for ever', async () => {
    const head =
      '--b\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\n\r\nthe first bytes';
    let isOver = false;
    const form = multipartForm(new Blob([head]).stream(), 'multipart/form-data; boundary=b');
    const take = (file: AsyncIterable<Uint8Array>) =>
      whole(file).finally(() => {
        isOver = true;
      });
    await expect(form.read(LIMITS, take)).rejects.toMatchObject({ code: 'MALFORMED_BODY' });
    await expect.poll(() => isOver).toBe(true);
  });

  it('fails as the reader of a file does', async () => {
    const form = posted([['picture', big('1')]]);
    const failing = () => Promise.reject(new Error('the media service is away'));
    await expect(form.read(LIMITS, failing)).rejects.toThrow('the media service is away');
  });

  it('is recognised by its content type', () => {
    expect(['multipart/form-data; boundary=b', 'application/x-www-form-urlencoded'].map(isMultipart)).toEqual([true, false]); // prettier-ignore
  });
});
