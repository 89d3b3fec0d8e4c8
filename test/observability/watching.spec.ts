import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { readExposure, type Exposure } from './exposed.ts';
import { troublesIn } from './troubles.ts';
import { readObservability, ROOT } from './watched.ts';

const CANARIES = `${ROOT}test/observability/canaries/`;

describe('rules, dashboards and runbooks', () => {
  const exposure: Exposure = forAllTests(readExposure);

  it('name what the services expose, and alerts have runbooks and tests', () => {
    const observability = readObservability();
    expect(observability.rules.length).toBeGreaterThan(50);
    expect(observability.dashboards.length).toBeGreaterThan(40);
    expect(troublesIn(observability, exposure)).toEqual([]);
  });

  it('that are wrong are reported', () => {
    const troubles = troublesIn(readObservability(CANARIES), exposure, CANARIES);
    const rules = 'deploy/observability/canary-alerts.yaml';
    const dashboard = 'deploy/observability/dashboards/canary.json';
    expect(troubles.filter((trouble) => !trouble.endsWith('nothing shows it'))).toEqual([
      `${rules}, NoSuchMetric: no metric outbox_evnts`,
      `${rules}, NoSuchLabel: no label quantil of event_loop_delay_seconds`,
      `${rules}, NoSuchGroup: no label consumer to group by`,
      `${rules}, NoSuchService: no service orders`,
      `${dashboard}, A typo: no metric outbox_event`,
      `${dashboard}, A route: no route /api/v1/order`,
      `${dashboard}, variables: no label servce to group by`,
      'docs/runbooks/canary.md: no metric dead_leters',
      'NoRunbook: no runbook',
      'NotInItsRunbook: not in its runbook',
      'NotInItsRunbook: its runbook lacks commands',
      'NoTest: no test',
      'NeverSilent: no test',
      'docs/runbooks/canary.md: no operation /api/v1/operation',
    ]);
    expect(troubles).toContain('outbox_oldest_seconds: nothing shows it');
  });
});
