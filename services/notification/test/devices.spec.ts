import { generateKeyPairSync } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { Container } from 'inversify';
import { beforeEach, describe, expect, it } from 'vitest';
import { derivedId } from '#adapters/system/derived-id.ts';
import { HOUR } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { serve } from '#test/kit/http.ts';
import { runDueTasks } from '#test/kit/tasks.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { fcmPush } from '../adapters/providers/fcm.ts';
import { makeSendTask, toSendTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeScheduleMails } from '../core/application/schedule-mails.ts';
import { makeDeliverShort } from '../core/application/send-mail.ts';
import { initialPreferences } from '../core/domain/preferences.ts';
import type { NotificationQueries } from '../core/ports/notification-queries.ts';
import type { NotificationTx } from '../core/ports/notification-tx.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';
import { someNews } from './event.mother.ts';

const NEWS = someNews('shipment.created');
const TYPE = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** FCM, which knows these devices. */
const openFcm = async (registered: readonly string[]) => {
  const asked: string[] = [];
  const { url } = await serve((request, response) => {
    void text(request).then((body) => {
      const answer = (status: number, content: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      if (request.url === '/token') return answer(200, { access_token: 'ya29', expires_in: 3_599 });
      const { token } = (JSON.parse(body) as { readonly message: { readonly token: string } }).message;
      asked.push(token);
      return registered.includes(token)
        ? answer(200, { name: 'projects/shop/messages/1' })
        : answer(404, { error: { code: 404, details: [{ '@type': TYPE, errorCode: 'UNREGISTERED' }] } });
    });
  });
  return { url, asked };
};

describe.each(['memory', 'pglite'] as const)('a device in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, notification));
  let unitOfWork: UnitOfWork<NotificationTx>;
  let queries: NotificationQueries;

  beforeEach(() => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    unitOfWork = container.get(Storage.UnitOfWork);
    queries = container.get(Storage.Queries);
  });

  it('that FCM no longer knows is removed from the preferences, and is not tried again', async () => {
    const { clock } = toolbox;
    const { url, asked } = await openFcm(['phone']);
    const settings = { projectId: 'shop', clientEmail: 'shop@example.com', privateKey, url };
    const push = await fcmPush({ ...settings, tokenUrl: `${url}/token` }, clock);
    const renderer = handlebarsRenderer({ shop: 'The Shop' });
    const send = makeSendTask('push', makeDeliverShort(queries, renderer, 'push', push, 'The Shop'), {
      clock,
    });
    const scheduleMails = makeScheduleMails({
      clock,
      toTask: toSendTask,
      channels: new Set(['push']),
      idOf: derivedId,
    });
    await unitOfWork.run((tx) =>
      tx.preferences.save({
        ...initialPreferences(NEWS.userId),
        version: 1,
        choices: { [NEWS.kind]: { push: true, email: false } },
        pushTokens: ['sold', 'phone', 'reset'],
      }),
    );
    const tell = async (news: typeof NEWS) => {
      await unitOfWork.run((tx) => scheduleMails(tx, [{ news }]));
      await runDueTasks(toolbox, unitOfWork, [send]);
    };
    await tell(NEWS);
    expect(await queries.preferences(NEWS.userId)).toMatchObject({ version: 2, pushTokens: ['phone'] });
    const page = await queries.page({ userId: NEWS.userId, limit: 9 });
    expect(page.ok && page.value.items.map(({ status, failure }) => failure ?? status).sort()).toEqual([
      'sent',
      'the device is gone',
      'the device is gone',
    ]);
    clock.advance(HOUR);
    await tell({ ...NEWS, eventId: derivedId('another event') });
    expect(asked.toSorted()).toEqual(['phone', 'phone', 'reset', 'sold']);
  });
});
