import { describe, expect, it } from 'vitest';
import type { ServiceClient } from '#adapters/http/client.ts';
import { httpHolders } from './holders.http.ts';

const PERSON = { userId: 'ada' };
const RECORD = { kind: 'media', data: { media_id: 'a picture' } };

describe('a file of a person', () => {
  /** Media with a file of these parts; a missing one is 404. */
  const mediaWith = (...parts: readonly (string | undefined)[]) => {
    const asked: unknown[] = [];
    const media: ServiceClient = ({ body }) => {
      asked.push(body);
      const { offset } = body as { offset: number };
      const part = parts[offset];
      if (part === undefined) return Promise.resolve({ status: 404, body: { code: 'FILE_NOT_FOUND' } });
      const content = Buffer.from(part).toString('base64');
      const next = offset + 1 < parts.length ? { next_offset: offset + 1 } : {};
      return Promise.resolve({ status: 200, body: { name: 'a.jpg', content, ...next } });
    };
    const callers = { analytics: media, cart: media, notification: media, order: media, payment: media, review: media, shipping: media, media }; // prettier-ignore
    return { holders: httpHolders(callers), asked };
  };
  const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
    let text = '';
    for await (const part of content) text += Buffer.from(part).toString();
    return text;
  };

  it('is read part by part, as it is consumed', async () => {
    const { holders, asked } = mediaWith('one ', 'two ', 'three');
    const file = await holders.fileOf('media', PERSON, RECORD)?.();
    expect(asked).toEqual([{ user_id: 'ada', media_id: 'a picture', offset: 0 }]);
    expect([file?.name, file && (await textOf(file.content))]).toEqual(['a.jpg', 'one two three']);
    expect(asked).toHaveLength(3);
  });

  it('is missing if it is gone, and fails if it goes while it is read', async () => {
    expect(await mediaWith().holders.fileOf('media', PERSON, RECORD)?.()).toBeUndefined();
    const file = await mediaWith('one', undefined).holders.fileOf('media', PERSON, RECORD)?.();
    await expect(textOf(file?.content ?? (async function* () {})())).rejects.toThrow('removed');
  });

  it('belongs to records of media only', () => {
    const { holders } = mediaWith('one');
    expect(holders.fileOf('review', PERSON, RECORD)).toBeUndefined();
    expect(holders.fileOf('media', PERSON, { ...RECORD, kind: 'quota' })).toBeUndefined();
  });

  it('is refused with a name that leads out of its folder', async () => {
    const media: ServiceClient = () =>
      Promise.resolve({ status: 200, body: { name: '../../a.jpg', content: '' } });
    const callers = { analytics: media, cart: media, notification: media, order: media, payment: media, review: media, shipping: media, media }; // prettier-ignore
    await expect(httpHolders(callers).fileOf('media', PERSON, RECORD)?.()).rejects.toThrow();
  });
});
