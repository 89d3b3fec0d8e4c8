import { describe, expect, it } from 'vitest';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MODULES } from '#all-in-one/main/modules.ts';
import { auditedOperations } from '#test/kit/audit.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const servicesWith = (file: string): readonly string[] => [
  ...new Set(globSync(`services/*/${file}`, { cwd: ROOT }).map((path) => path.split(/[\\/]/)[1] ?? '')),
];

/** The services whose staff can change something. */
const withActs = MODULES.filter((module) => auditedOperations(module).length > 0).map(({ name }) => name);

describe('a service with operations that have x-audit', () => {
  it('exists', () => {
    expect(withActs).toEqual(expect.arrayContaining(['catalog', 'user']));
  });

  it('declares which of its records the audit trail shows', () => {
    expect(servicesWith('adapters/audited.ts').toSorted()).toEqual(withActs.toSorted());
  });

  it('has a spec that each of these operations leads to an entry', () => {
    expect(servicesWith('test/audit{.contract,}.spec.ts').toSorted()).toEqual(withActs.toSorted());
  });
});
