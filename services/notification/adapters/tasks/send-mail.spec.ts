import { describe, expect, it } from 'vitest';
import { ManualClock } from '#kernel/clock.ts';
import type { Task } from '#kernel/tasks.ts';
import type { Mail, MailContent } from '../../core/domain/mail.ts';
import { makeSendMail, toSendMailTask } from './send-mail.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

const content: MailContent = {
  mailId: 'event-1',
  kind: 'order.delivered',
  orderId: 'order-1',
  to: { email: 'ada@example.com', name: 'Ada Lovelace' },
  subject: 'Your order was delivered',
  data: { name: 'Ada Lovelace', date: '1 March 2026' },
};

/** As released. */
const stored = {
  letterId: 'event-1',
  kind: 'order.delivered',
  orderId: 'order-1',
  to: { email: 'ada@example.com', name: 'Ada Lovelace' },
  subject: 'Your order was delivered',
  data: { name: 'Ada Lovelace', date: '1 March 2026' },
};

const performing = (payload: unknown) => {
  const rendered: MailContent[] = [];
  const renderer = {
    render: (one: MailContent): Mail => {
      rendered.push(one);
      return { ...one, html: '', text: '' };
    },
  };
  const mailer = { send: () => Promise.resolve({ status: 'sent' } as const) };
  const task: Task = {
    key: 'event-1',
    kind: 'send-letter',
    payload,
    runAt: NOW,
    attempts: 0,
    cause: { correlationId: 'c', causationId: 'c' },
  };
  const handler = makeSendMail(renderer, mailer, new ManualClock(NOW));
  return { rendered, outcome: handler.perform(task) };
};

describe('the task that sends a mail', () => {
  it('is stored in the released format', () => {
    expect(toSendMailTask(content)).toEqual({ key: 'event-1', kind: 'send-letter', payload: stored });
  });

  it('renders the stored content', async () => {
    const { rendered, outcome } = performing(stored);
    expect(await outcome).toEqual({ status: 'sent' });
    expect(rendered).toEqual([content]);
  });

  it('sends a mail about an account, which belongs to no order', async () => {
    const { orderId: _, ...aboutAccount } = content;
    const { rendered, outcome } = performing(toSendMailTask(aboutAccount).payload);
    await outcome;
    expect(rendered).toEqual([aboutAccount]);
  });

  it('fails, and so remains for operators, if its payload is malformed', async () => {
    const { rendered, outcome } = performing({ ...stored, kind: 'order.unknown' });
    await expect(outcome).rejects.toThrow('kind');
    expect(rendered).toEqual([]);
  });
});
