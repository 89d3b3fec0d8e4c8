import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { runBecauseOf } from '../context/cause.ts';
import { makeLogger } from './logger.ts';
import { Metrics } from './metrics.ts';
import { makeSecurityLog, SECURITY_EVENTS } from './security-log.ts';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});

describe('the security log', () => {
  it('is written at any level of the log, with the cause of the current work', async () => {
    const file = join(folder, 'error.log');
    const security = makeSecurityLog(
      makeLogger({ service: 'test', level: 'error', destination: file }),
      new Metrics('test'),
    );
    runBecauseOf({ correlationId: 'c-1', causationId: 'c-1' }, () => {
      security.note('login_failed', {
        address: '203.0.113.7',
        operation: 'logIn',
        details: { code: 'WRONG', token: 'hunter2' },
      });
    });
    const line = await until(() => (existsSync(file) ? readFileSync(file, 'utf8') || undefined : undefined));
    expect(JSON.parse(line)).toMatchObject({
      log: 'security',
      service: 'test',
      event: 'login_failed',
      address: '203.0.113.7',
      operation: 'logIn',
      correlation_id: 'c-1',
      code: 'WRONG',
    });
    expect(line).not.toContain('hunter2');
  });

  it('shows the head of the audit trail, which has no client, and what an admin looked for', () => {
    const lines: string[] = [];
    const logger = makeLogger({ service: 'test', level: 'error', destination: { write: (line) => lines.push(line) } }); // prettier-ignore
    const security = makeSecurityLog(logger, new Metrics('test'));
    security.note('audit_head', { details: { head: '7:abc' } });
    security.note('audit_read', { address: '203.0.113.7', details: { filter: 'service=order' } });
    const [head, read] = lines.map((line) => JSON.parse(line) as object);
    expect(head).toMatchObject({ event: 'audit_head', head: '7:abc' });
    expect(head).not.toHaveProperty('address');
    expect(read).toMatchObject({ event: 'audit_read', filter: 'service=order' });
  });

  it('shows which file contained malware', () => {
    const lines: string[] = [];
    const logger = makeLogger({ service: 'test', level: 'error', destination: { write: (line) => lines.push(line) } }); // prettier-ignore
    const details = { purpose: 'review', sha256: '00', bytes: 9, malware: 'Eicar-Signature' };
    makeSecurityLog(logger, new Metrics('test')).note('malware_found', { actor: 'user:u-1', details });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'malware_found',
      actor: 'user:u-1',
      ...details,
    });
  });

  it('counts each event, starting at zero', async () => {
    const metrics = new Metrics('test');
    const security = makeSecurityLog(makeLogger({ level: 'silent' }), metrics);
    security.note('staff_act', { address: '' });
    const text = await metrics.text();
    for (const event of SECURITY_EVENTS)
      expect(text).toContain(
        `security_events_total{event="${event}",service="test"} ${event === 'staff_act' ? 1 : 0}`,
      );
  });
});
