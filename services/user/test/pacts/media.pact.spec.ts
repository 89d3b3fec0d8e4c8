import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { fromProviderState, regex, string, uuid } from '#test/kit/pact/matchers.ts';
import { httpAvatars } from '../../adapters/clients/avatars.http.ts';
import { hearsActs } from './acts.rig.ts';
import { asksAboutPeople, holderAt } from './personal-data.rig.ts';

const MEDIA = '0190a000-0000-7000-8000-000000000001';
const USER = '0190a000-0000-7000-8000-000000000002';

describeContract('user', 'media', (contract) => {
  asksAboutPeople(contract, 'media');

  it('whether a picture is the avatar that a user has uploaded', () =>
    contract.asks(
      {
        given: 'a user has uploaded an avatar',
        asking: 'what is known about media',
        request: {
          method: 'POST',
          path: '/internal/v1/media-descriptions',
          scope: 'media:read',
          body: {
            owner_id: fromProviderState('${owner_id}', USER),
            media_ids: [fromProviderState('${media_id}', MEDIA)],
          },
        },
        response: { status: 200, body: { items: [{ media_id: uuid(MEDIA), purpose: 'avatar' }] } },
      },
      async (client) => {
        expect(await httpAvatars(client).isOwn(MEDIA, USER)).toBe(true);
      },
    ));

  it('for a file that a person has uploaded, part by part', () =>
    contract.asks(
      {
        given: 'a user has uploaded a picture',
        asking: 'for a file of a person',
        request: {
          method: 'POST',
          path: '/internal/v1/personal-data/file',
          scope: 'personal-data:read',
          body: {
            user_id: fromProviderState('${owner_id}', USER),
            media_id: fromProviderState('${media_id}', MEDIA),
            offset: 0,
          },
        },
        response: {
          status: 200,
          body: { name: regex('^[\\w-]+\\.[a-z0-9]+$', `${MEDIA}.jpg`), content: string('AQID') },
        },
      },
      async (client) => {
        const record = { kind: 'media', data: { media_id: MEDIA } };
        const file = await holderAt(client).fileOf('media', { userId: USER }, record)?.();
        expect(file?.name).toBe(`${MEDIA}.jpg`);
        const parts: Uint8Array[] = [];
        for await (const part of file?.content ?? []) parts.push(part);
        expect(Buffer.concat(parts)).toEqual(Buffer.from([1, 2, 3]));
      },
    ));

  it('what staff have changed, for the audit trail', () => hearsActs(contract, 'media'));
});
