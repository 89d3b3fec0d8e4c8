import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, fromProviderState, integer, moment, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpMediaLibrary } from '../../adapters/clients/media.http.ts';

const MEDIA = '0190a000-0000-7000-8000-000000000001';
const USER = '0190a000-0000-7000-8000-000000000002';
describeContract('review', 'media', (contract) => {
  const describing = (owner: unknown, id: unknown) =>
    ({
      method: 'POST',
      path: '/internal/v1/media-descriptions',
      scope: 'media:read',
      body: { owner_id: owner, media_ids: [id] },
    }) as const;
  it('what a user has uploaded, to show it in a review', () =>
    contract.asks(
      {
        given: 'a user has uploaded a picture',
        asking: 'what is known about media',
        request: describing(fromProviderState('${owner_id}', USER), fromProviderState('${media_id}', MEDIA)),
        response: {
          status: 200,
          body: {
            items: [
              {
                media_id: uuid(MEDIA),
                version: integer(2),
                purpose: 'review',
                status: 'ready',
                kind: 'picture',
                width: integer(640),
                height: integer(480),
                colour: string('#102030'),
                placeholder: string('data:image/webp;base64,'),
                variants: eachLike({
                  preset: string('large'),
                  content_type: string('image/webp'),
                  width: integer(640),
                  height: integer(480),
                  url: string(`/api/v1/media/files/${'0'.repeat(64)}-large.webp`),
                }),
                created_at: moment('2026-03-01T12:00:00Z'),
              },
            ],
          },
        },
      },
      async (client) => {
        expect(await httpMediaLibrary(client).find([MEDIA], USER)).toMatchObject({ ok: true });
      },
    ));
});
