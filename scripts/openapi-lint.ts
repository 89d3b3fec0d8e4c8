/** Holds every `openapi/<service>.yaml` to the rules of `lib/openapi-lint.ts`. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lintOpenApi, type LintProblem } from './lib/openapi-lint.ts';

const ROOT = new URL('../', import.meta.url);
const FOLDER = new URL('openapi/', ROOT);

const files = (await readdir(FOLDER))
  .filter((name) => name.endsWith('.yaml') && name !== 'common.yaml')
  .sort();
const problems: LintProblem[] = [];
// One after the other: Redocly keeps one validator for all, and drops it at the end of each file.
for (const name of files) problems.push(...(await lintOpenApi(new URL(name, FOLDER))));
const lines = problems.map(
  ({ rule, where, message }) => `${where.replace(fileURLToPath(ROOT), '')}\n  ${rule}: ${message}`,
);
console.log([...new Set(lines), `${files.length} OpenAPI files, ${problems.length} problems`].join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;
