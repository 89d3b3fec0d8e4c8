import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/delivery/plan-comment.sh', import.meta.url));

/** Comments on plans of a Terraform that says `shown`; also what it was asked for. */
const comment = (shown: string) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'shown'), shown);
  const terraform = join(folder, 'terraform');
  writeFileSync(
    terraform,
    `#!/bin/sh
echo "$@" >> ${folder}/asked
case $1 in
  plan) echo a secret in progress ;;
  show) cat ${folder}/shown ;;
esac
`,
  );
  chmodSync(terraform, 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const text = execFileSync(SCRIPT, ['staging', 'production'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { text, asked: readFileSync(join(folder, 'asked'), 'utf8') };
};

describe('The comment on a pull request', () => {
  it('says first what would change in each environment', () => {
    const { text } = comment(
      '  # aws_s3_bucket.x will be created\nPlan: 1 to add, 0 to change, 0 to destroy.\n',
    );
    expect(text).toContain('### Terraform, staging\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n');
    expect(text).toContain('### Terraform, production\n');
    expect(text.match(/will be created/g)).toHaveLength(2);
  });

  it('holds only what Terraform shows of the plan', () => {
    expect(comment('No changes.').text).not.toContain('a secret in progress');
  });

  it('takes no lock, as its role cannot write one', () => {
    expect(comment('No changes.').asked).toMatch(
      /^plan .*-lock=false .*-var-file=environments\/production\/terraform.tfvars$/m,
    );
  });

  it('is short enough for GitHub', () => {
    expect(comment('x'.repeat(100_000)).text.length).toBeLessThan(65_536);
  });
});
