import { describe, expect, it } from 'vitest';
import { ManualClock } from '#kernel/clock.ts';
import type { Task } from '#kernel/tasks.ts';
import type { MailContent } from '../../core/domain/mail.ts';
import { makeSendTask, MOST_ATTEMPTS, toSendTask, type Send } from './send-mail.ts';

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

const performing = (
  payload: unknown,
  { attempts = 0, send }: { readonly attempts?: number; readonly send?: Send } = {},
) => {
  const sent: unknown[] = [];
  const outcomes: unknown[] = [];
  const deliver: Send = (one) => {
    sent.push(one);
    return Promise.resolve({ status: 'sent' });
  };
  const task: Task = {
    key: 'event-1',
    kind: 'send-letter',
    payload,
    runAt: NOW,
    attempts,
    cause: { correlationId: 'c', causationId: 'c' },
  };
  const handler = makeSendTask('email', send ?? deliver, {
    clock: new ManualClock(NOW),
    onOutcome: (...outcome) => outcomes.push(outcome),
  });
  return { sent, outcomes, outcome: handler.perform(task) };
};

describe('the task that sends a mail', () => {
  it('is stored in the released format', () => {
    expect(toSendTask(content, 'email')).toEqual({ key: 'event-1', kind: 'send-letter', payload: stored });
  });

  it('sends the stored content', async () => {
    const { sent, outcome } = performing(stored);
    expect(await outcome).toEqual({ status: 'sent' });
    expect(sent).toEqual([content]);
  });

  it('sends a mail about an account, which belongs to no order', async () => {
    const { orderId: _, ...aboutAccount } = content;
    const { sent, outcome } = performing(toSendTask(aboutAccount, 'email').payload);
    await outcome;
    expect(sent).toEqual([aboutAccount]);
  });

  it('fails, and so remains for operators, if its payload is malformed', async () => {
    const { sent, outcome } = performing({ ...stored, kind: 'order.unknown' });
    await expect(outcome).rejects.toThrow('kind');
    expect(sent).toEqual([]);
  });

  it('counts a message that may have been sent by an earlier attempt', async () => {
    const { outcome, outcomes } = performing(stored, { attempts: 1 });
    await outcome;
    expect(outcomes).toEqual([['email', 'sent', true]]);
  });

  it('is retried while the provider is away, and fails visibly after three days', async () => {
    const send = () => Promise.reject(new Error('SMTP 451'));
    const early = performing(stored, { attempts: MOST_ATTEMPTS - 1, send });
    await expect(early.outcome).rejects.toThrow('SMTP 451');
    const late = performing(stored, { attempts: MOST_ATTEMPTS, send });
    expect(await late.outcome).toEqual({ status: 'failed', failure: 'gave up: SMTP 451' });
  });
});
