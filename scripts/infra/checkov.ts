import { join } from 'node:path';
import { z } from 'zod';
import { run } from '../engines/install/run.ts';
import type { Tools } from './tools.ts';
import type { Workspace } from './workspace.ts';

const Finding = z.object({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
  file_path: z.string(),
  check_result: z.object({ suppress_comment: z.string().optional() }),
});

const Report = z.object({
  results: z.object({
    passed_checks: z.array(Finding),
    failed_checks: z.array(Finding),
    skipped_checks: z.array(Finding),
    parsing_errors: z.array(z.string()),
  }),
});

/** What checkov says without a reason beside `checkov:skip`. */
const NO_REASON = 'No comment provided';

const shown = ({
  check_id: id,
  check_name: name,
  resource,
  file_path: file,
}: z.infer<typeof Finding>): string => `${id} ${file} ${resource}: ${name}`;

/**
 * Checks the configurations of a folder with checkov; returns how many checks have passed. Throws what it finds, and suppressions
 * without a reason beside them.
 */
export const checkov = async (
  { checkov: program }: Tools,
  { folder }: Workspace,
  part: string,
  ...args: readonly string[]
): Promise<number> => {
  // --soft-fail: what fails is read from the report.
  const options = ['--framework', 'terraform', '--output', 'json', '--soft-fail', '--skip-download'];
  const report = await run(program, ['--directory', join(folder, part), ...options, ...args], {
    env: { LOG_LEVEL: 'ERROR', BC_SKIP_MAPPING: 'TRUE' },
  });
  const { results } = Report.parse(JSON.parse(report));
  const unexplained = results.skipped_checks.filter(
    ({ check_result: { suppress_comment: reason = NO_REASON } }) => reason.startsWith(NO_REASON),
  );
  const troubles = [
    ...results.parsing_errors.map((file) => `cannot be read: ${file}`),
    ...results.failed_checks.map(shown),
    ...unexplained.map((finding) => `suppressed without a reason: ${shown(finding)}`),
  ];
  if (troubles.length > 0) throw new Error(troubles.join('\n'));
  return results.passed_checks.length;
};
