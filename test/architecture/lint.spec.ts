import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';

const ROOT = new URL('../..', import.meta.url).pathname;
const CANARY = new URL('canaries/services/a/core/lint.ts', import.meta.url).pathname;

/** `line: rule` for every rule that a trailing comment names. */
const namedIn = (code: string): readonly string[] =>
  code.split('\n').flatMap((line, index) => {
    const [, comment] = /\S \/\/ (.+)$/.exec(line) ?? [];
    return comment === undefined ? [] : comment.split(' ').map((rule) => `${index + 1}: ${rule}`);
  });

describe('the lint rules', () => {
  it('report every line of the canary', async () => {
    const eslint = new ESLint({ cwd: ROOT, ignore: false });
    const [result] = await eslint.lintFiles([CANARY]);
    const reported = result?.messages.map(({ line, ruleId }) => `${line}: ${String(ruleId)}`);
    const named = namedIn(await readFile(CANARY, 'utf8'));
    expect(named).not.toEqual([]);
    expect(reported).toEqual(expect.arrayContaining([...named]));
  });

  it('pass over generated code and the canaries', async () => {
    const eslint = new ESLint({ cwd: ROOT });
    expect(await eslint.isPathIgnored(CANARY)).toBe(true);
    expect(await eslint.isPathIgnored('contracts/generated/events.ts')).toBe(true);
  });
});
