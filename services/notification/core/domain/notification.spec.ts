import { describe, expect, it } from 'vitest';
import { someNews } from '../../test/event.mother.ts';
import type { MailContent, MailKind } from './mail.ts';
import { pending } from './notification.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const content: MailContent = {
  mailId: 'event-1',
  kind: 'order.delivered',
  to: { email: 'ada@example.com', name: 'Ada' },
  subject: 'Your order was delivered',
  data: {},
};

describe('a mail that is to be sent', () => {
  it('is pending, so that staff can see it', () => {
    expect(pending(content, NOW)).toStrictEqual({
      notificationId: 'event-1',
      kind: 'order.delivered',
      channel: 'email',
      recipient: 'ada@example.com',
      subject: 'Your order was delivered',
      status: 'pending',
      createdAt: NOW,
    });
  });

  it('keeps what it is about, but not what gives access to a guest’s order', () => {
    const news = someNews('order.placed');
    const secret = { ...news, facts: { ...news.facts, orderToken: 'the-token' } };
    expect(pending({ ...content, kind: 'order.placed' }, NOW, secret).news).toStrictEqual(news);
  });

  it('is found by its order, if it has one', () => {
    expect(pending({ ...content, orderId: 'order-1' }, NOW)).toMatchObject({ orderId: 'order-1' });
  });

  it('keeps what it is about, unless that is secret', () => {
    const kept = (kind: MailKind) => pending({ ...content, kind }, NOW, someNews(kind)).news;
    expect(kept('order.delivered')?.kind).toBe('order.delivered');
    expect(kept('user.password_reset_requested')).toBeUndefined();
  });
});
