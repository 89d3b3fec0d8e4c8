import { globSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { run } from '../../engines/install/run.ts';
import { CACHE } from '../tools.ts';
import type { ChartTools } from './tools.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A copy of the charts, with their dependencies in place. */
export interface Charts {
  readonly folder: string;
  /** Runs Helm on a chart with the values of an environment; returns what it wrote, throws `ProgramFailed`. */
  helm(
    command: readonly string[],
    chart: string,
    environment: string,
    ...args: readonly string[]
  ): Promise<string>;
}

/** @param platforms by environment, what Terraform's output `charts` is */
export const copyCharts = async (
  { helm }: ChartTools,
  platforms: ReadonlyMap<string, string>,
): Promise<Charts> => {
  const folder = join(CACHE, 'helm');
  await rm(folder, { recursive: true, force: true });
  await cp(join(ROOT, 'helm'), folder, {
    recursive: true,
    filter: (path) => !/[/\\]charts$/.test(path) && !path.endsWith('Chart.lock'),
  });
  const env = { HELM_CACHE_HOME: join(folder, '.cache'), HELM_CONFIG_HOME: join(folder, '.config') };
  for (const chart of [...globSync('services/*', { cwd: folder }), 'shop'])
    await run(helm, ['dependency', 'update', '--skip-refresh', chart], { cwd: folder, env });
  return {
    folder,
    helm: (command, chart, environment, ...args) => {
      const values = ['--values', 'shop/values.yaml', '--values', `environments/${environment}.yaml`];
      const platform = ['--set-json', `global.platform=${platforms.get(environment) ?? '{}'}`];
      const all = [
        ...command,
        chart,
        ...values,
        '--set-string',
        'global.version=0.1.0',
        ...platform,
        ...args,
      ];
      return run(helm, all, { cwd: folder, env });
    },
  };
};

export const render = (charts: Charts, environment: string, ...args: readonly string[]): Promise<string> =>
  charts.helm(['template', 'shop', '--namespace', 'shop'], 'shop', environment, ...args);

/** Rules and dashboards, as the cluster gets them. */
export const renderObservability = ({ helm }: ChartTools, ...args: readonly string[]): Promise<string> =>
  run(helm, ['template', 'observability', join(ROOT, 'deploy/observability'), ...args]);

/** Holds manifests against the schemas; throws what they lack, returns how many there are. */
export const conforms = async (
  { kubeconform, schemas }: ChartTools,
  { folder }: Charts,
  manifests: string,
): Promise<number> => {
  const file = join(folder, 'manifests.yaml');
  await writeFile(file, manifests);
  const location = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`;
  const report = await run(kubeconform, ['-strict', '-summary', '-schema-location', location, file]);
  const [, valid = '0'] = /Valid: (\d+), Invalid: 0, Errors: 0, Skipped: 0/.exec(report) ?? [];
  if (valid === '0') throw new Error(report);
  return Number(valid);
};

const Plan = z.object({
  output_changes: z.object({ charts: z.object({ after: z.json(), after_unknown: z.json() }) }),
});

type Json = z.infer<ReturnType<typeof z.json>>;

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is not known before `apply` becomes the text `unknown`. */
const filled = (known: Json | undefined, unknown: Json): Json => {
  if (unknown === true) return 'unknown';
  if (!isRecord(unknown)) return known ?? null;
  const fields = isRecord(known) ? known : {};
  return {
    ...fields,
    ...Object.fromEntries(Object.entries(unknown).map(([name, one]) => [name, filled(fields[name], one)])),
  };
};

/** Terraform's output `charts`, as JSON, from a plan. */
export const platformOf = async (planFile: string): Promise<string> => {
  const { after, after_unknown: unknown } = Plan.parse(JSON.parse(await readFile(planFile, 'utf8')))
    .output_changes.charts;
  return JSON.stringify(filled(after, unknown));
};
