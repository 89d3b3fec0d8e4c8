import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SECURITY_EVENTS } from './security-log.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

const Rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[A-Z]\w+$/),
          expr: z.string(),
          labels: z.strictObject({ severity: z.enum(['info', 'warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string().min(1), runbook: z.string() }),
        }),
      ),
    }),
  ),
});
const { groups } = Rules.parse(parse(read('deploy/observability/security-alerts.yaml')));
const rules = groups.flatMap((group) => group.rules);
const guide = read('docs/guides/security-log.md');

const eventsIn = (expr: string): readonly (string | undefined)[] =>
  [...expr.matchAll(/security_events_total\{event="(\w+)"\}\[/g)].map(([, event]) => event);

describe('alerts', () => {
  it('exist for exactly the events of the security log', () => {
    const alerted = rules.map(({ expr }) => [...new Set(eventsIn(expr))]);
    expect(alerted.every((events) => events.length === 1)).toBe(true);
    expect(alerted.flat().sort()).toEqual([...SECURITY_EVENTS].sort());
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it('are documented with their event', () => {
    for (const { alert, expr } of rules)
      expect(guide).toMatch(new RegExp(`^\\| \`${eventsIn(expr)[0] ?? ''}\` .*\`${alert}\` +\\|$`, 'm'));
  });
});
