import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import { startChild, type Child } from '#adapters/process/child.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { until } from '#test/kit/conditions.ts';
import { eventAbout } from '#test/kit/events.ts';
import { serve } from '#test/kit/http.ts';

const ENTRY = new URL('crashing-notification.ts', import.meta.url);
/** The statement that records what the provider has said. */
const RECORD = 'update notification\\.notifications';

/** SendGrid, which accepts all mails. */
const openSendGrid = async () => {
  const accepted: string[] = [];
  const { url } = await serve((request, response) => {
    void text(request).then((body) => {
      const mail = JSON.parse(body) as { readonly custom_args: { readonly notification_id: string } };
      accepted.push(mail.custom_args.notification_id);
      response.writeHead(202, { 'x-message-id': `sendgrid-${accepted.length}` }).end();
    });
  });
  return { url, accepted };
};

const anEvent = () =>
  eventAbout(systemIds.next(), 'user.email_changed', {
    email: 'ada@example.org',
    previous_email: 'ada@example.com',
  });

describe('a process that is killed between the provider’s answer and the commit that records it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-mail-'));
  beforeAll(() => copyPgliteTemplate(join(dataDir, 'db')));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('sends the mail once more, under the same ID, and counts that', async () => {
    const { url, accepted } = await openSendGrid();
    const lines: string[] = [];
    const start = (env: Readonly<Record<string, string>> = {}): Child => {
      const provider = {
        NOTIFICATION_EMAIL_PROVIDER: 'sendgrid',
        NOTIFICATION_SENDGRID_API_KEY: 'SG.key',
        NOTIFICATION_SENDGRID_URL: url,
      };
      const own = { ...process.env, ...provider, DATA_DIR: dataDir, ...env };
      return startChild({ name: 'notification', entry: ENTRY, flags: ['--liftoff-only'], env: own }, (line) =>
        lines.push(line),
      );
    };
    /** What the last process has counted. */
    const counted = (metric: string): number => {
      const line = lines.findLast((one) => one.startsWith(`${metric}{`) && one.includes('channel="email"'));
      return Number(line?.split(' ').at(-1) ?? 0);
    };
    const [event, next] = [anEvent(), anEvent()];

    const killed = start({ EVENTS: JSON.stringify([event]), CRASH_BEFORE: RECORD });
    expect(await killed.ended).toBe('SIGKILL');
    expect(accepted).toEqual([event.event_id]);

    const restarted = start();
    await until(() => accepted.length === 2);
    await restarted.end();
    expect(accepted).toEqual([event.event_id, event.event_id]);
    expect(counted('notifications_total')).toBe(1);
    expect(counted('notifications_possibly_repeated_total')).toBe(1);

    lines.splice(0);
    const later = start({ EVENTS: JSON.stringify([next]) });
    await until(() => accepted.length > 2);
    await later.end();
    expect(accepted.slice(2)).toEqual([next.event_id]);
    expect(counted('notifications_total')).toBe(1);
    expect(counted('notifications_possibly_repeated_total')).toBe(0);
  });
});
