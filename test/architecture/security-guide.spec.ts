import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

interface Row {
  readonly id: string;
  readonly level: string;
  readonly holds: string;
  readonly files: readonly string[];
}

/** Rows of the page on ASVS: `| 1.2.3 | 2 | yes | prose with \`files\` |`. */
const rowsOf = (page: string): readonly Row[] =>
  [...page.matchAll(/^\| (?<id>\d+\.\d+\.\d+) *\| (?<level>\d) \| (?<holds>\S+) *\| (?<prose>.+) \|$/gm)].map(
    ({ groups: { id = '', level = '', holds = '', prose = '' } = {} }) => ({
      id,
      level,
      holds,
      files: filesIn(prose),
    }),
  );

const filesIn = (prose: string): readonly string[] =>
  [...prose.matchAll(/`(?<code>[^`\s]+)`/g)]
    .map(({ groups }) => groups?.['code'] ?? '')
    .filter((code) => !code.startsWith('/')) // a path of the API
    .filter((code) => /\.(ts|md|js|json|yaml)$/.test(code) || code.includes('/'));

const missing = (files: readonly string[]): readonly string[] =>
  files.filter((file) => !existsSync(new URL(file, ROOT)));

const withoutEvidence = (rows: readonly Row[]): readonly string[] =>
  rows.filter(({ holds, files }) => holds === 'yes' && files.length === 0).map(({ id }) => id);

const rows = rowsOf(read('docs/guides/security-asvs.md'));

describe('the page on ASVS', () => {
  it('has a row for each of the 253 requirements of levels 1 and 2 in ASVS 5.0.0', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
    expect(rows).toHaveLength(253);
    expect(rows.filter(({ level }) => level === '1')).toHaveLength(70);
  });

  it('states for each whether it holds, with evidence if it does', () => {
    expect(new Set(rows.map(({ holds }) => holds))).toEqual(new Set(['yes', 'part', 'no', '–']));
    expect(withoutEvidence(rows)).toEqual([]);
  });

  it('names files that exist', () => {
    expect(missing(rows.flatMap(({ files }) => files))).toEqual([]);
  });

  it('is rejected if a row has no evidence or names a missing file', () => {
    const [row, gone] = rowsOf('| 1.1.1 | 2 | yes | Trust us |\n| 1.1.2 | 1 | yes | `adapters/gone.ts` |');
    expect(withoutEvidence(row ? [row] : [])).toEqual(['1.1.1']);
    expect(missing(gone?.files ?? [])).toEqual(['adapters/gone.ts']);
  });
});

describe('the page on security', () => {
  it('names files that exist', () => {
    const page = read('docs/guides/security.md');
    expect(filesIn(page).length).toBeGreaterThan(20);
    expect(missing(filesIn(page))).toEqual([]);
  });
});
