import { beforeEach, describe, expect, it } from 'vitest';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { memoryDocuments } from '#adapters/memory/documents.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { memoryAlerts } from '../../adapters/memory/memory-alerts.ts';
import { memoryNotificationRepository } from '../../adapters/memory/memory-notifications.ts';
import { memoryWebhooks } from '../../adapters/memory/memory-webhooks.ts';
import { documentsIn } from '../../adapters/stores.ts';
import { notification } from '../../main/module.ts';
import { someNews } from '../../test/event.mother.ts';
import type { Channel } from '../domain/kinds.ts';
import { initialPreferences, type Preferences } from '../domain/preferences.ts';
import { makeScheduleMails } from './schedule-mails.ts';

const NEWS = someNews('shipment.created');
const PHONE = { number: '+491701234567', isConfirmed: true };

describe('the messages about an event', () => {
  const toolbox = forEachTest(() => openToolbox('memory', notification));
  let sent: { readonly channel: Channel; readonly to: string | undefined; readonly id: string }[];
  beforeEach(() => {
    sent = [];
  });

  const schedule = async (changes: Partial<Preferences>, ...channels: readonly Channel[]) => {
    const { store, clock } = toolbox;
    if (store.kind !== 'memory') throw new Error('not in memory');
    const unitOfWork = memoryUnitOfWork(toolbox, store.database, (tx) => ({
      notifications: memoryNotificationRepository(tx),
      webhooks: memoryWebhooks(tx),
      alerts: memoryAlerts(tx),
      ...documentsIn((kind) => memoryDocuments(tx, kind)),
    }));
    const scheduleMails = makeScheduleMails({
      clock,
      channels: new Set<Channel>(['email', ...channels]),
      idOf: (eventId, channel, to) => `${eventId} ${channel} ${to}`,
      toTask: ({ mailId }, channel, to) => {
        sent.push({ channel, to, id: mailId });
        return { key: mailId, kind: channel, payload: {} };
      },
    });
    const chosen = { ...initialPreferences(NEWS.userId), ...changes, version: 1 };
    await unitOfWork.run((tx) => tx.preferences.save(chosen));
    await unitOfWork.run((tx) => scheduleMails(tx, [{ news: NEWS }]));
    return sent.map(({ channel, to }) => (to === undefined ? channel : `${channel} ${to}`)).sort();
  };
  const both = { [NEWS.kind]: { sms: true, push: true } };

  it('are a mail, where nothing else is chosen', async () => {
    expect(await schedule({ phone: PHONE, pushTokens: ['one'] }, 'sms', 'push')).toEqual(['email']);
  });

  it('go to a confirmed phone and to every device, each under an ID of its own', async () => {
    const chosen = { choices: both, phone: PHONE, pushTokens: ['one', 'two'] };
    expect(await schedule(chosen, 'sms', 'push')).toEqual([
      'email',
      'push one',
      'push two',
      `sms ${PHONE.number}`,
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(4);
  });

  it('do not go to a phone that is not confirmed, nor on a channel that the shop does not have', async () => {
    const phone = { ...PHONE, isConfirmed: false };
    expect(await schedule({ choices: both, phone, pushTokens: ['one'] }, 'sms')).toEqual(['email']);
  });

  it('are none by mail where mails about parcels are turned off', async () => {
    const choices = { [NEWS.kind]: { email: false, push: true } };
    expect(await schedule({ choices, pushTokens: ['one'] }, 'push')).toEqual(['push one']);
  });

  it('wait on a phone for the end of quiet hours, and not as a mail', async () => {
    const quietHours = { from: '11:00', to: '13:00' };
    await schedule({ choices: both, pushTokens: ['one'], quietHours, timeZone: 'UTC' }, 'push');
    expect(
      (await toolbox.stores.tasks.stuck(0, 9)).map(({ kind, runAt }) => [kind, runAt.toISOString()]),
    ).toEqual(
      expect.arrayContaining([
        ['email', '2026-03-01T12:00:00.000Z'],
        ['push', '2026-03-01T13:00:00.000Z'],
      ]),
    );
  });
});
