import { expect } from 'vitest';
import { Container } from 'inversify';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { START } from '#test/kit/toolbox.ts';
import { Storage, storage } from '../main/storage.ts';
import { notification } from '../main/module.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;
const ORDER = idOf('01');

upgradeContract(notification, {
  '0001-notifications': async (toolbox) => {
    const container = new Container({ defaultScope: 'Singleton' });
    container.load(storage(toolbox));
    const common = { channel: 'email', orderId: ORDER, recipient: 'ada@example.com', settledAt: START };
    expect(await container.get(Storage.Queries).ofOrder(ORDER)).toEqual([
      {
        ...common,
        notificationId: idOf('12'),
        kind: 'order.confirmed',
        subject: 'Your order is confirmed',
        status: 'failed',
        createdAt: START,
        failure: 'no such mailbox',
      },
      {
        ...common,
        notificationId: idOf('11'),
        kind: 'order.placed',
        subject: 'We have received your order',
        status: 'sent',
        createdAt: new Date('2026-02-01T10:00:00Z'),
      },
    ]);
    expect(await container.get(Storage.Mailbox).list({ to: 'ada@example.com', limit: 9 })).toEqual([
      {
        mailId: idOf('11'),
        kind: 'order.placed',
        to: { email: 'ada@example.com', name: 'Ada Lovelace' },
        subject: 'We have received your order',
        html: '<p>It’s here</p>',
        text: 'It’s here',
        sentAt: START,
      },
    ]);
  },
});
