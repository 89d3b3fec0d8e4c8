import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSpec } from '#adapters/http/spec.ts';
import { namedBy } from './promql.ts';
import type { Exposure } from './exposed.ts';
import { ROOT, type Observability, type Rule, type Watched } from './watched.ts';

/** The first things to type when an alert fires. */
const COMMANDS = 3;
const COMMAND = /^(?:promtool|curl|kubectl|psql) .+$/gm;

type Labels = ReadonlyMap<string, ReadonlySet<string>>;

/** The labels of an expression's result, as far as it names any. */
const resultOf = (expr: string, labels: Labels): readonly string[] => {
  const { series, grouping } = namedBy(expr);
  return grouping.length > 0 ? grouping : series.flatMap(({ name }) => [...(labels.get(name) ?? [])]);
};

/** With the series that rules record. */
const withRecorded = (rules: readonly Rule[], exposed: Labels): Labels => {
  const labels = new Map(exposed);
  for (const { record, expr, labels: own } of rules)
    if (record !== undefined)
      labels.set(
        record,
        new Set([...(labels.get(record) ?? []), ...resultOf(expr, labels), ...Object.keys(own)]),
      );
  return labels;
};

const valuesOf = (label: string, expr: string): readonly string[] =>
  [...expr.matchAll(new RegExp(String.raw`\b${label}="([^"$]+)"`, 'g'))].map(([, value = '']) => value);

const troublesOf = (
  { where, expr }: Watched,
  labels: Labels,
  known: { readonly services: readonly string[]; readonly routes: ReadonlySet<string> },
): readonly string[] => {
  const { series, grouping } = namedBy(expr);
  const among = new Set(series.flatMap(({ name }) => [...(labels.get(name) ?? [])]));
  return [
    ...series.filter(({ name }) => !labels.has(name)).map(({ name }) => `no metric ${name}`),
    ...series.flatMap(({ name, labels: named }) =>
      named
        .filter((label) => labels.get(name)?.has(label) === false)
        .map((label) => `no label ${label} of ${name}`),
    ),
    ...grouping.filter((label) => !among.has(label)).map((label) => `no label ${label} to group by`),
    ...valuesOf('service', expr)
      .filter((service) => !known.services.includes(service))
      .map((service) => `no service ${service}`),
    ...valuesOf('route', expr)
      .filter((route) => !known.routes.has(route))
      .map((route) => `no route ${route}`),
  ].map((trouble) => `${where}: ${trouble}`);
};

const runbookTroubles = (alert: string, text: string | undefined): readonly string[] => {
  if (text === undefined) return [`${alert}: no runbook`];
  const [, block = ''] = /```sh\n([^]*?)```/.exec(text) ?? [];
  return [
    ...(text.includes(alert) ? [] : [`${alert}: not in its runbook`]),
    ...((block.match(COMMAND) ?? []).length >= COMMANDS ? [] : [`${alert}: its runbook lacks commands`]),
  ];
};

/** The queries of a runbook, and the operations that it calls. */
const namedInRunbook = (text: string): { queries: readonly string[]; paths: readonly string[] } => ({
  queries: [...text.matchAll(/^promtool query \w+ .*?'([^']+)'/gm)].map(([, query = '']) => query),
  paths: [...text.matchAll(/"\$SHOP(\/api\/v1\/[^"?]*)/g)].map(([, path = '']) => path),
});

/** Whether `path` is one of `routes`, where a variable of the shell or a literal may be a parameter. */
const isRoute = (path: string, routes: ReadonlySet<string>): boolean =>
  [...routes].some((route) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));

/** What is wrong with what watches the shop: names that do not exist, alerts without a runbook or test, metrics that nothing uses. */
export const troublesIn = (
  { rules, dashboards, tested }: Observability,
  { labels: exposed, own, services }: Exposure,
  root = ROOT,
): readonly string[] => {
  const labels = withRecorded(rules, exposed);
  const apis = [...services.filter((name) => existsSync(join(ROOT, `openapi/${name}.yaml`))), 'operations'];
  const routes = new Set(
    apis.flatMap((name) => Object.keys(loadSpec(new URL(`file://${ROOT}openapi/${name}.yaml`)).paths)),
  );
  const textOf = (file: string): string | undefined =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;
  const alerts = rules.flatMap(({ alert, annotations }) =>
    alert === undefined ? [] : [{ alert, runbook: annotations?.runbook ?? 'none' }],
  );
  const runbooks = [...new Set(alerts.map(({ runbook }) => runbook))].flatMap((file) => {
    const text = textOf(file);
    return text === undefined ? [] : [{ file, ...namedInRunbook(text) }];
  });
  const watched: readonly Watched[] = [
    ...rules.map(({ file, alert, record, expr }) => ({ where: `${file}, ${alert ?? record ?? ''}`, expr })),
    ...dashboards,
    ...runbooks.flatMap(({ file, queries }) => queries.map((expr) => ({ where: file, expr }))),
  ];
  const used = new Set(watched.flatMap(({ expr }) => namedBy(expr).series.map(({ name }) => name)));
  const baseOf = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');
  const bases = new Set([...used].map(baseOf));
  return [
    ...watched.flatMap((one) => troublesOf(one, labels, { services, routes })),
    ...alerts.flatMap(({ alert, runbook }) => runbookTroubles(alert, textOf(runbook))),
    ...alerts.filter(({ alert }) => !tested.has(alert)).map(({ alert }) => `${alert}: no test`),
    ...runbooks.flatMap(({ file, paths }) =>
      paths.filter((path) => !isRoute(path, routes)).map((path) => `${file}: no operation ${path}`),
    ),
    ...[...new Set(own.map(baseOf))]
      .filter((name) => !bases.has(name))
      .map((name) => `${name}: nothing shows it`),
  ];
};
