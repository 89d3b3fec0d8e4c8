import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Tally } from '../lib/steps.ts';
import { run } from '../engines/install/run.ts';
import { check, failureOf, mustReport } from './check.ts';
import type { Workspace } from './workspace.ts';

const COMPLETED = [
  'RDS\tCOMPLETED\t2026-01-04T06:00:00Z\tone',
  'DocumentDB\tCOMPLETED\t2026-01-04T06:00:00Z\ttwo',
];
const LATER_FAILED = 'RDS\tFAILED\t2026-01-04T07:00:00Z\tthree';
const FILES = 'S3\tCOMPLETED\t2026-01-04T06:00:00Z\tfour';

/** Runs the script of the restore drill on an `aws` that prints these jobs. */
const drill = async ({ folder }: Workspace, ...jobs: readonly string[]): Promise<string> => {
  const programs = join(folder, 'programs');
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, 'aws'), `#!/bin/sh\ncat <<'JOBS'\n${jobs.join('\n')}\nJOBS\n`);
  await chmod(join(programs, 'aws'), 0o755);
  const path = [programs, process.env['PATH'] ?? ''].join(delimiter);
  return run('bash', [join(folder, 'terraform/modules/backup/restore-drill.sh'), 'arn'], {
    env: { PATH: path },
  });
};

export const checkDrill = (work: Workspace): Promise<Tally> =>
  check('restore-drill.sh tells restores that were not completed', async () => {
    mustReport(
      await drill(work, ...COMPLETED, FILES),
      'RDS: restored',
      'DocumentDB: restored',
      'S3: restored',
    );
    mustReport(
      await failureOf(() => drill(work, ...COMPLETED, LATER_FAILED)),
      'RDS: FAILED (job three)',
      'S3: nothing',
    );
  });
