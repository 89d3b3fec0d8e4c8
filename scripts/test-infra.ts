/**
 * `npm run test:infra`: what describes the infrastructure, as far as it can be checked without it: `terraform/` on stand-ins for its
 * providers, against policies, and with checkov; `helm/` with Helm and kubeconform, on the settings that the plans of Terraform have for it,
 * and what Argo CD makes of it; alerts with promtool and amtool; workflows with actionlint and zizmor, Dockerfiles with hadolint.
 * Installs what it needs into `.cache/`, or from Debian; Terraform itself must be there.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkArgoCd } from './infra/argocd/check.ts';
import { checkCharts } from './infra/charts/check.ts';
import { copyCharts, platformOf } from './infra/charts/render.ts';
import { ensureChartTools } from './infra/charts/tools.ts';
import { check } from './infra/check.ts';
import { checkBackend } from './infra/backend.ts';
import { checkCanaries } from './infra/canaries.ts';
import { checkov } from './infra/checkov.ts';
import { costTable, monthlyCosts, readPrices } from './infra/costs.ts';
import { checkDelivery } from './infra/delivery.ts';
import { checkDrill } from './infra/drill.ts';
import { checkObservability } from './infra/observability.ts';
import { describesVariables, obeys, plan, test, testPolicies, validate } from './infra/terraform.ts';
import { ensureTools } from './infra/tools.ts';
import { checkVault } from './infra/vault/check.ts';
import { makeWorkspace } from './infra/workspace.ts';
import { close, type Tally } from './lib/steps.ts';

const ENVIRONMENTS = ['dev', 'staging', 'production'];

try {
  const started = performance.now();
  const tools = await ensureTools();
  console.log(`✓ tools (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
  const work = await makeWorkspace(tools);
  const modules = globSync('terraform/modules/*', { cwd: work.folder })
    .map((module) => basename(module))
    .toSorted();

  const tallies: Tally[] = [
    await check('format', async () => {
      await work.terraform('terraform', 'fmt', '-check', '-recursive', '-diff');
    }),
    await check('policies: tests', () => testPolicies(tools, work)),
    await check('variables: typed, described, validated', () =>
      describesVariables(
        tools,
        work,
        ...globSync('terraform/{*,shared/*,vault/*,modules/*/*}.tf', { cwd: work.folder }),
      ),
    ),
    await check('terraform: valid', () => validate(work, 'terraform')),
    await check('terraform/shared: valid', () => validate(work, 'terraform/shared')),
    await check('terraform: tests', () => test(work, 'terraform')),
  ];
  for (const module of modules)
    tallies.push(await check(`${module}: tests`, () => test(work, `terraform/modules/${module}`)));
  const platforms = new Map<string, string>();
  const costs = new Map<string, ReturnType<typeof monthlyCosts>>();
  const textOf = (file: string): string => readFileSync(join(work.folder, 'terraform', file), 'utf8');
  for (const environment of ENVIRONMENTS)
    tallies.push(
      await check(`${environment}: the plan obeys the policies`, async () => {
        const file = await plan(work, 'terraform', `-var-file=environments/${environment}/terraform.tfvars`);
        costs.set(environment, monthlyCosts(readFileSync(file, 'utf8'), readPrices(textOf('prices.json'))));
        platforms.set(environment, await platformOf(file));
        await obeys(tools, work, file);
      }),
    );
  const vault = await checkVault(tools, work, platforms);
  tallies.push(
    ...vault.tallies,
    await check('terraform/shared: the plan obeys the policies', async () => {
      await obeys(tools, work, await plan(work, 'terraform/shared'));
    }),
    await check('checkov', () =>
      checkov(
        tools,
        work,
        'terraform',
        '--skip-path',
        'canaries',
        '--var-file',
        join(work.folder, 'terraform/environments/production/terraform.tfvars'),
      ),
    ),
    await check('README: its table of costs is that of the plans', async () => {
      const table = costTable(costs);
      if (!textOf('README.md').includes(table))
        throw new Error(`terraform/README.md should contain:\n${table}`);
    }),
    ...(await checkObservability()),
    ...(await checkDelivery()),
    await checkDrill(work),
    await checkBackend(tools, work),
    ...(await checkCanaries(tools, work)),
  );
  const chartTools = await ensureChartTools();
  const charts = await copyCharts(chartTools, platforms);
  tallies.push(
    ...(await checkCharts(chartTools, charts, ENVIRONMENTS, vault.allowed)),
    ...(await checkArgoCd(chartTools, charts, platforms)),
  );
  close(tallies);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
