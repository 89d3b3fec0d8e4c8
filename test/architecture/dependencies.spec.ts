import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';

const require = createRequire(import.meta.url);
const { forbidden = [], options } = require('../../.dependency-cruiser.cjs') as IConfiguration;
const rules = forbidden.map(({ name }) => name);

/** Cruises the tree under `baseDir` as if it were the project's root. */
const violationsIn = async (
  baseDir: string,
): Promise<{ files: readonly string[]; broken: readonly string[] }> => {
  const { output } = await cruise(['.'], { ...options, baseDir, ruleSet: { forbidden }, validate: true });
  const { modules, summary } = output as ICruiseResult;
  return {
    files: modules.map(({ source }) => source),
    broken: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
};

describe('the dependency rules', () => {
  it('hold everywhere', async () => {
    const { files, broken } = await violationsIn(new URL('../..', import.meta.url).pathname);
    expect(broken).toEqual([]);
    expect(files).toContain('shared-kernel/result.ts');
  });

  it('have a canary each, which they report; nothing innocent is reported', async () => {
    const { files, broken } = await violationsIn(new URL('canaries', import.meta.url).pathname);
    const ruleOf = (file: string): string => basename(file).split('.', 1).join();
    const canaries = files.filter((file) => rules.includes(ruleOf(file)));

    expect([...new Set(canaries.map(ruleOf))].sort()).toEqual([...rules].sort());
    expect(
      canaries.filter((file) => !broken.some((line) => line.startsWith(`${ruleOf(file)}: ${file} `))),
    ).toEqual([]);
    expect(broken.filter((line) => /^[\w-]+: \S*innocent[.]ts /.test(line))).toEqual([]);
  });
});
