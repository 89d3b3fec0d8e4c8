import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');
const CANARIES = 'test/architecture/canaries';
const FILES = ['services/a/core/lint.ts', 'adapters/mongo/lint.ts'].map((file) => `${CANARIES}/${file}`);

const Report = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      filename: z.string(),
      labels: z.tuple([z.object({ span: z.object({ line: z.number() }) })], z.unknown()),
    }),
  ),
});

const lint = (...args: readonly string[]): string =>
  spawnSync(process.execPath, [OXLINT, ...args], { cwd: ROOT, encoding: 'utf8' }).stdout;

/** `line: rule` for every rule that a trailing comment names. */
const namedIn = (code: string): readonly string[] =>
  code.split('\n').flatMap((line, index) => {
    const [, comment] = /\S \/\/ (.+)$/.exec(line) ?? [];
    return comment === undefined ? [] : comment.split(' ').map((rule) => `${index + 1}: ${rule}`);
  });

describe('the lint rules', () => {
  it('report every line of the canaries', async () => {
    const { diagnostics } = Report.parse(
      JSON.parse(lint('--format=json', `--config=${CANARIES}/lint.config.ts`, ...FILES)),
    );
    for (const file of FILES) {
      const reported = diagnostics
        .filter(({ filename }) => filename === file)
        .map(({ code, labels: [{ span }] }) => `${span.line}: ${code}`);
      const named = namedIn(await readFile(join(ROOT, file), 'utf8'));
      expect(named).not.toEqual([]);
      expect(reported).toEqual(expect.arrayContaining([...named]));
    }
  });

  it.each(FILES)('pass over %s', (file) => {
    expect(lint(file)).toContain('No files found');
  });
});
