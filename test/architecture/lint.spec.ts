import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ESLint } from 'eslint';

const ROOT = new URL('../..', import.meta.url).pathname;
const CANARIES = ['services/a/core/lint.ts', 'adapters/mongo/lint.ts'].map(
  (file) => new URL(`canaries/${file}`, import.meta.url).pathname,
);

/** `line: rule` for every rule that a trailing comment names. */
const namedIn = (code: string): readonly string[] =>
  code.split('\n').flatMap((line, index) => {
    const [, comment] = /\S \/\/ (.+)$/.exec(line) ?? [];
    return comment === undefined ? [] : comment.split(' ').map((rule) => `${index + 1}: ${rule}`);
  });

describe('the lint rules', () => {
  it.each(CANARIES)('report every line of %s', async (canary) => {
    const eslint = new ESLint({ cwd: ROOT, ignore: false });
    const [result] = await eslint.lintFiles([canary]);
    const reported = result?.messages.map(({ line, ruleId }) => `${line}: ${String(ruleId)}`);
    const named = namedIn(await readFile(canary, 'utf8'));
    expect(named).not.toEqual([]);
    expect(reported).toEqual(expect.arrayContaining([...named]));
  });

  it('pass over generated code and the canaries', async () => {
    const eslint = new ESLint({ cwd: ROOT });
    for (const canary of CANARIES) expect(await eslint.isPathIgnored(canary)).toBe(true);
    expect(await eslint.isPathIgnored('contracts/generated/events.ts')).toBe(true);
  });
});
