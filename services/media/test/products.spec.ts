import { describe, expect, it } from 'vitest';
import { goneEnvelope } from '#test/kit/events.ts';
import { pictured, sold } from './media.events.ts';
import { DRAWING, picture } from './media.mother.ts';
import { MEDIA, mediaForEachTest, variantOf } from './media.rig.ts';

const media = mediaForEachTest();
const OTHER = '0190a000-0000-7000-8000-0000000000b2';

const uploaded = async (): Promise<{ readonly id: string; readonly url: string }> => {
  const answer = await media.upload(await picture(), { purpose: 'product' });
  return { id: String(answer.body.media_id), url: variantOf(answer, 'large') };
};
const remove = async (id: string): Promise<unknown> => {
  const token = await media.as('kim', 'catalog_manager');
  const { status, body } = await media.send('DELETE', `${MEDIA}/${id}`, { token });
  return status === 204 ? 204 : body.code;
};

describe('a picture that pages show', () => {
  it('cannot be deleted until the last of them no longer shows it', async () => {
    const { id, url } = await uploaded();
    await media.hear(sold(1, [url, url]), sold(1, [`https://cdn.example.com${url}?v=2`], OTHER));
    expect(await remove(id)).toBe('MEDIA_IN_USE');
    await media.hear(sold(2, []));
    expect(await remove(id)).toBe('MEDIA_IN_USE');
    await media.hear(goneEnvelope(2, OTHER));
    expect(await remove(id)).toBe(204);
  });

  it('is what their newest versions say, whatever the order of the events', async () => {
    const { id, url } = await uploaded();
    await media.hear(sold(3, []), sold(2, [url]));
    await media.hear(goneEnvelope(3, OTHER), sold(2, [url], OTHER));
    expect(await remove(id)).toBe(204);
  });

  it('may be named before it is uploaded', async () => {
    const { id, url } = await uploaded();
    expect(await remove(id)).toBe(204);
    await media.hear(sold(1, [url]));
    expect(await remove((await uploaded()).id)).toBe('MEDIA_IN_USE');
  });

  it('is not one that is somewhere else', async () => {
    const { id, url } = await uploaded();
    const name = url.split('/').at(-1) ?? '';
    await media.hear(sold(2, ['https://example.com/a.jpg', `/media/samples/${name}`, name, `${url}x`]));
    expect(await remove(id)).toBe(204);
  });

  it('may be that of a category or a collection', async () => {
    const { id, url } = await uploaded();
    await media.hear(pictured(4, `https://cdn.example.com${url}`), sold(1, [url]), sold(2, []));
    expect(await remove(id)).toBe('MEDIA_IN_USE');
    await media.hear(pictured(6), pictured(5, url));
    expect(await remove(id)).toBe(204);
  });

  it('may be a drawing', async () => {
    const { body } = await media.upload(DRAWING, { purpose: 'product' });
    await media.hear(sold(1, [String(body.url)]));
    expect(await remove(String(body.media_id))).toBe('MEDIA_IN_USE');
  });
});
