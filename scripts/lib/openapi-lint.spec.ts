import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintOpenApi, OPENAPI_RULES } from './openapi-lint.ts';

const CANARIES = new URL('../../test/architecture/canaries/openapi/', import.meta.url);
const canaries = readdirSync(CANARIES).filter((name) => !['common.yaml', 'innocent.yaml'].includes(name));

/** `shop.request-limits.array.yaml` breaks `shop/request-limits`. */
const ruleOf = (canary: string): string =>
  canary.startsWith('shop.') ? `shop/${canary.split('.')[1] ?? ''}` : canary.replace('.yaml', '');

const brokenIn = async (canary: string): Promise<readonly string[]> =>
  (await lintOpenApi(new URL(canary, CANARIES))).map(({ rule }) => rule);

describe('the rules of the OpenAPI files', () => {
  it('have a canary each', () => {
    expect([...new Set(canaries.map(ruleOf))].sort()).toEqual([...OPENAPI_RULES].sort());
  });

  it.each(canaries)('report %s', async (canary) => {
    expect(await brokenIn(canary)).toContain(ruleOf(canary));
  });

  it('report nothing about an innocent file', async () => {
    expect(await brokenIn('innocent.yaml')).toEqual([]);
  });
});
