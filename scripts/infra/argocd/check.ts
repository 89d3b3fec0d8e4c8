import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { CHARTS } from '../../charts/values.ts';
import { run } from '../../engines/install/run.ts';
import { ENVIRONMENTS, running, type Environment } from '../../lib/images.ts';
import type { Tally } from '../../lib/steps.ts';
import { conforms, render, renderObservability, type Charts } from '../charts/render.ts';
import type { ChartTools } from '../charts/tools.ts';
import { check, failureOf, mustReport } from '../check.ts';
import { checkHealth } from './health.ts';
import { ofKind, readRoot, type Application } from './manifests.ts';
import { rootTroubles, type Expected } from './rules.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const GUIDE = 'docs/guides/delivery.md';

/** A change of what production's root renders → what the rules say of it. */
const MUTATIONS: readonly { readonly from: RegExp; readonly to: string; readonly report: string }[] = [
  { from: /sync-wave: "2"/, to: 'sync-wave: "1"', report: 'is not after what it needs' },
  { from: /sync-wave: "4"/, to: 'sync-wave: "6"', report: 'namespace is not after what it needs' },
  { from: /name: order\n/, to: 'name: orders\n', report: 'there is no order' },
  { from: /targetRevision: v[\d.]+/, to: 'targetRevision: main', report: 'has no fixed version' },
  { from: /selfHeal: false/, to: 'selfHeal: true', report: 'heals itself' },
  {
    from: / {2}syncPolicy:\n {4}syncOptions/,
    to: '  syncPolicy:\n    automated: { prune: true, selfHeal: true }\n    syncOptions',
    report: 'root is automated',
  },
  {
    from: /,\{"group":"policy","kind":"PodDisruptionBudget"\},\{"group":"sec/,
    to: ',{"group":"sec',
    report: 'shop may not have a policy/PodDisruptionBudget',
  },
  {
    from: /\[\{"group":"","kind":"ConfigMap"\}/g,
    to: '[{"group":"","kind":"Secret"},{"group":"","kind":"ConfigMap"}',
    report: 'shop may have a Secret',
  },
  { from: /"https:\/\/charts.jetstack.io",/, to: '', report: 'cert-manager may not come from' },
  { from: /"https:\/\/charts.jetstack.io"/, to: '"*"', report: 'is not limited' },
  {
    from: /namespace: shop \}\n {2}source/,
    to: 'namespace: argocd }\n  source',
    report: 'may not go to argocd',
  },
];

const Named = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
});

/** Resources by kind and name, each as JSON. */
const resourcesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    parseAllDocuments(text)
      .map((document) => z.unknown().parse(document.toJS()))
      .filter((resource) => resource !== null)
      .map((resource) => {
        const { apiVersion, kind, metadata } = Named.parse(resource);
        const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [];
        return [`${group === '' ? kind : `${group}/${kind}`} ${metadata.name}`, JSON.stringify(resource)];
      }),
  );

const kindsIn = (text: string): ReadonlySet<string> =>
  new Set([...resourcesIn(text).keys()].map((name) => name.split(' ')[0] ?? ''));

/** The root of an environment, as Argo CD renders it. */
const renderRoot = ({ helm }: ChartTools, environment: Environment): Promise<string> => {
  const values = [`deploy/argocd/${environment}.yaml`, `helm/environments/images/${environment}.yaml`];
  const files = values.flatMap((file) => ['--values', file]);
  return run(helm, ['template', 'root', 'deploy/argocd', ...files], { cwd: ROOT });
};

/** A chart of ours, as Argo CD renders it. */
const renderApplication = async (
  { helm }: ChartTools,
  { folder }: Charts,
  { metadata: { name }, spec: { source, destination } }: Application,
): Promise<string> => {
  const chart = join(folder, '..', source.path ?? '');
  const own = join(folder, 'application.json');
  await writeFile(own, JSON.stringify(source.helm.valuesObject));
  const files = [...source.helm.valueFiles.map((file) => join(chart, file)), own];
  const args = ['template', name, chart, '--namespace', destination.namespace];
  return run(helm, [...args, ...files.flatMap((file) => ['--values', file])]);
};

/** Throws unless the applications of an environment are, together, what one release of the shop is. */
const equalsRelease = async (
  tools: ChartTools,
  charts: Charts,
  environment: Environment,
  applications: readonly Application[],
): Promise<number> => {
  const images = `environments/images/${environment}.yaml`;
  const release = resourcesIn(
    await render(
      charts,
      environment,
      '--values',
      images,
      '--set-string',
      `global.version=${running(environment).version}`,
    ),
  );
  const texts: string[] = [];
  for (const application of applications) texts.push(await renderApplication(tools, charts, application));
  const apart = resourcesIn(texts.join('\n---\n'));
  const differing = [...new Set([...release.keys(), ...apart.keys()])].filter(
    (name) => release.get(name) !== apart.get(name),
  );
  if (differing.length > 0) throw new Error(`not as in one release: ${differing.join(', ')}`);
  return release.size;
};

const fail = (troubles: readonly string[]): void => {
  if (troubles.length > 0) throw new Error(troubles.join('\n'));
};

/**
 * What Argo CD runs: its own schemas, waves, projects, health checks; and that its applications are what Helm would install.
 * @param platforms by environment, what Terraform's output `charts` is, as JSON
 */
export const checkArgoCd = async (
  tools: ChartTools,
  charts: Charts,
  platforms: ReadonlyMap<string, string>,
): Promise<readonly Tally[]> => {
  const tallies: Tally[] = [];
  const folder = join(charts.folder, 'environments/platform');
  await mkdir(folder, { recursive: true });
  const expected = async (environment: Environment): Promise<Expected> => ({
    charts: CHARTS,
    isAutomated: environment === 'staging',
    kinds: new Map([
      ['shop', kindsIn(await render(charts, environment))],
      ['observability', kindsIn(await renderObservability(tools))],
    ]),
  });

  for (const environment of ENVIRONMENTS) {
    const platform: unknown = JSON.parse(platforms.get(environment) ?? '{}');
    await writeFile(join(folder, `${environment}.json`), JSON.stringify({ global: { platform } }));
    tallies.push(
      await check(`argo cd: ${environment} conforms to the schemas`, async () =>
        conforms(tools, charts, await renderRoot(tools, environment)),
      ),
      await check(`argo cd: ${environment} has its waves and limits`, async () => {
        const resources = readRoot(await renderRoot(tools, environment));
        fail(rootTroubles(resources, await expected(environment)));
      }),
      await check(`argo cd: ${environment} is what Helm would install`, async () => {
        const ours = ofKind(readRoot(await renderRoot(tools, environment)), 'Application').filter(
          ({ spec }) => spec.project === `${environment}-shop`,
        );
        return equalsRelease(tools, charts, environment, ours);
      }),
    );
  }

  tallies.push(
    await check('argo cd: the guide starts it with what production is', async () => {
      const [, command = ''] =
        /(helm template root [^|]*)\|/.exec(await readFile(join(ROOT, GUIDE), 'utf8')) ?? [];
      const rendered = await run(tools.helm, command.trim().split(/\s+/).slice(1), { cwd: ROOT });
      if (rendered !== (await renderRoot(tools, 'production')))
        throw new Error(`${command} renders something else`);
    }),
    await check('argo cd: lint', () =>
      run(
        tools.helm,
        [
          'lint',
          '--strict',
          'deploy/argocd',
          '--values',
          'deploy/argocd/staging.yaml',
          '--values',
          'helm/environments/images/staging.yaml',
        ],
        { cwd: ROOT },
      ),
    ),
    await check('argo cd: health of our kinds', () => checkHealth()),
    await check('canary: a health check that does not wait for the new version is noticed', async () => {
      const hasty = (judge: string): string => judge.replace('compared.targetRevision ~= wanted', 'false');
      mustReport(await failureOf(() => checkHealth(hasty)), 'is Healthy instead of Progressing');
    }),
    await check('canary: the rules notice a root that is wrong', async () => {
      const text = await renderRoot(tools, 'production');
      const right = await expected('production');
      for (const { from, to, report } of MUTATIONS) {
        const changed = text.replace(from, to);
        if (changed === text) throw new Error(`there is no ${from.source}`);
        mustReport(rootTroubles(readRoot(changed), right).join('\n'), report);
      }
      return MUTATIONS.length;
    }),
    await check('canary: a misspelt field of Argo CD is noticed', async () => {
      const text = (await renderRoot(tools, 'staging')).replace('targetRevision:', 'targetRevison:');
      mustReport(await failureOf(() => conforms(tools, charts, text)), 'Invalid: 1');
    }),
    await check('canary: an application that is not as in one release is noticed', async () => {
      const [first] = ofKind(readRoot(await renderRoot(tools, 'staging')), 'Application').filter(
        ({ metadata }) => metadata.name === 'order',
      );
      if (!first) throw new Error('there is no order');
      mustReport(
        await failureOf(() => equalsRelease(tools, charts, 'staging', [first])),
        'apps/Deployment cart',
      );
    }),
  );
  return tallies;
};
