import { CHARTS } from '../../charts/values.ts';
import type { Tally } from '../../lib/steps.ts';
import { check, failureOf, mustReport } from '../check.ts';
import { accessTroubles, readsOf, type Access } from '../vault/access.ts';
import { readManifests } from './manifests.ts';
import { conforms, render, renderObservability, type Charts } from './render.ts';
import { manifestTroubles } from './rules.ts';
import type { ChartTools } from './tools.ts';

/** A wrong value → what Helm says of it. */
const WRONG_VALUES = {
  'order.service.scaling.min=many': "'/scaling/min': got string, want integer",
  'global.scaling.min=40': 'scaling.min is 40',
  'order.service.drainSecond=3': "'drainSecond' not allowed",
  'order.drainSeconds=3': "'drainSeconds' not allowed",
  'ordr.service.drainSeconds=3': "'ordr' not allowed",
  'global.scaling.mni=1': "'mni' not allowed",
  'global.hots=example.com': "'hots' not allowed",
  'global.images.digests.order=latest': '/global/images/digests/order',
  'global.platform=null': "missing property 'platform'",
};

/** A change of the manifests → what the rules say of it. */
const MUTATIONS: readonly { readonly from: RegExp; readonly to: string; readonly report: string }[] = [
  { from: /readinessProbe: /, to: 'readinesProbe: ', report: 'has no readinessProbe' },
  { from: /readOnlyRootFilesystem: true/, to: 'readOnlyRootFilesystem: false', report: 'may write' },
  {
    from: /terminationGracePeriodSeconds: 30/,
    to: 'terminationGracePeriodSeconds: 10',
    report: 'while it drains',
  },
  {
    from: /kind: PodDisruptionBudget\nmetadata:\n {2}name: order/,
    to: 'kind: Service\nmetadata:\n  name: order',
    report: 'order has no PodDisruptionBudget',
  },
  {
    from: /agent-cache-enable: 'true'/,
    to: "agent-cache-enable: 'false'",
    report: 'starts with logins that nobody renews',
  },
  { from: /CART_URL: /, to: 'CRAT_URL: ', report: 'has CRAT_URL, which no spec checks' },
  {
    from: /app.kubernetes.io\/name: catalog \} \} \}\]/,
    to: 'app.kubernetes.io/name: payment } } }]',
    report: '→ payment:8080 is not in the list of edges',
  },
  { from: /sa\/gateway\]/, to: 'sa/cart]', report: 'mesh: cart → ' },
  {
    from: /podSelector: \{\}/,
    to: 'podSelector: { matchLabels: {} }',
    report: 'nothing is denied by default',
  },
];

/**
 * The charts: linted, rendered for each environment, checked by schemas and rules; and canaries.
 * @param allowed by environment, what Vault lets the pods read
 */
export const checkCharts = async (
  tools: ChartTools,
  charts: Charts,
  environments: readonly string[],
  allowed: ReadonlyMap<string, Access>,
): Promise<readonly Tally[]> => {
  const [first = ''] = environments;
  const rendered = new Map<string, string>();
  const tallies: Tally[] = [];
  for (const environment of environments)
    tallies.push(
      await check(`charts: ${environment} conforms to the schemas`, async () => {
        const text = await render(charts, environment);
        rendered.set(environment, text);
        return conforms(tools, charts, text);
      }),
      await check(`charts: ${environment} has all that a service needs, and the edges of the list`, () => {
        const troubles = manifestTroubles(readManifests(rendered.get(environment) ?? ''));
        return troubles.length === 0 ? Promise.resolve() : Promise.reject(new Error(troubles.join('\n')));
      }),
      await check(`charts: ${environment} reads what Vault allows, and Vault allows no more`, () => {
        const reads = readsOf(readManifests(rendered.get(environment) ?? ''));
        const troubles = accessTroubles(reads, allowed.get(environment) ?? new Map());
        return troubles.length === 0 ? Promise.resolve() : Promise.reject(new Error(troubles.join('\n')));
      }),
    );
  const text = rendered.get(first) ?? '';
  tallies.push(
    await check('charts: rules and dashboards conform to the schemas', async () =>
      conforms(tools, charts, await renderObservability(tools)),
    ),
    await check('charts: lint', async () => {
      for (const chart of ['shop', 'namespace']) await charts.helm(['lint', '--strict'], chart, first);
      for (const chart of CHARTS) await charts.helm(['lint', '--strict'], `services/${chart}`, first);
      return CHARTS.length + 2;
    }),
    await check('canary: a wrong value is refused, with its name', async () => {
      for (const [value, report] of Object.entries(WRONG_VALUES))
        mustReport(await failureOf(() => render(charts, first, '--set', value)), report);
      const misspelt = await failureOf(() => renderObservability(tools, '--set', 'ruleLabel.release=x'));
      mustReport(misspelt, "'ruleLabel' not allowed");
      return Object.keys(WRONG_VALUES).length + 1;
    }),
    await check('canary: the rules notice a manifest that is wrong', () => {
      for (const { from, to, report } of MUTATIONS) {
        const changed = text.replace(from, to);
        if (changed === text) throw new Error(`there is no ${from.source}`);
        mustReport(manifestTroubles(readManifests(changed)).join('\n'), report);
      }
      return Promise.resolve(MUTATIONS.length);
    }),
    await check('canary: a misspelt field is noticed, also of the mesh', async () => {
      for (const [from, to] of [
        ['minReplicas:', 'minReplica:'],
        ['mtls: { mode', 'mtls: { mod'],
      ] as const)
        mustReport(await failureOf(() => conforms(tools, charts, text.replace(from, to))), 'Invalid: 1');
      const rules = (await renderObservability(tools)).replace('expr:', 'exp:');
      mustReport(await failureOf(() => conforms(tools, charts, rules)), 'Invalid: 1');
    }),
  );
  return tallies;
};
