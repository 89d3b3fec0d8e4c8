import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureProgram } from '../engines/install/debian.ts';
import { run } from '../engines/install/run.ts';
import type { Tally } from '../lib/steps.ts';
import { check, failureOf, mustReport } from './check.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = 'deploy/observability';
const CANARIES = 'test/observability/canaries/promtool';

/** Who gets an alert of each severity. */
const RECEIVERS = { critical: 'on-call', warning: 'team', info: 'none' };

const filesIn = (pattern: string): readonly string[] => globSync(pattern, { cwd: ROOT }).toSorted();

/** Rules and their tests by promtool, routes by amtool; both come from Debian if they are missing. */
export const checkObservability = async (): Promise<readonly Tally[]> => {
  const [promtool, amtool] = [
    await ensureProgram('promtool', 'prometheus'),
    await ensureProgram('amtool', 'prometheus-alertmanager'),
  ];
  const test = (file: string): Promise<string> => run(promtool, ['test', 'rules', file], { cwd: ROOT });
  const config = `${FOLDER}/alertmanager.yaml`;

  return [
    await check('alerts: valid rules', async () => {
      const files = filesIn(`${FOLDER}/*-alerts.yaml`);
      await run(promtool, ['check', 'rules', ...files], { cwd: ROOT });
      return files.length;
    }),
    await check('alerts: fire when they should, and only then', async () => {
      const files = filesIn(`${FOLDER}/tests/*.yaml`);
      for (const file of files) await test(file);
      return files.length;
    }),
    await check('alerts: each severity has its receiver', async () => {
      await run(amtool, ['check-config', config], { cwd: ROOT });
      for (const [severity, receiver] of Object.entries(RECEIVERS))
        await run(
          amtool,
          [
            'config',
            'routes',
            'test',
            `--config.file=${config}`,
            `--verify.receivers=${receiver}`,
            `severity=${severity}`,
          ],
          { cwd: ROOT },
        );
    }),
    await check('alerts: what fires late, or too early, is reported', async () => {
      const report = await failureOf(() => test(`${CANARIES}/tests.yaml`));
      mustReport(report, 'FiresLate', 'FiresEarly');
    }),
  ];
};
