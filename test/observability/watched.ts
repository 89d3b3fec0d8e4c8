import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = 'deploy/observability';

const Rule = z.strictObject({
  alert: z
    .string()
    .regex(/^[A-Z]\w+$/)
    .optional(),
  record: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.strictObject({ summary: z.string().min(1), runbook: z.string() }).optional(),
});
const Rules = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(Rule) })) });
export type Rule = z.infer<typeof Rule>;

const Tests = z.object({
  rule_files: z.array(z.string()),
  tests: z.array(
    z.object({
      promql_expr_test: z.array(
        z.object({ expr: z.string(), exp_samples: z.array(z.object({ labels: z.string() })) }),
      ),
    }),
  ),
});

const Dashboard = z.object({
  title: z.string(),
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
  templating: z.object({ list: z.array(z.object({ query: z.string().optional() })) }),
});

/** An expression of PromQL, and where it is. */
export interface Watched {
  readonly where: string;
  readonly expr: string;
}

export interface Observability {
  readonly rules: readonly (Rule & { readonly file: string })[];
  readonly dashboards: readonly Watched[];
  /** Alerts that a test sees silent first and then firing. */
  readonly tested: ReadonlySet<string>;
}

const filesIn = (root: string, pattern: string): readonly string[] =>
  globSync(`${FOLDER}/${pattern}`, { cwd: root }).toSorted();
const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

const testedIn = (text: string): readonly string[] =>
  Tests.parse(parse(text)).tests.flatMap(({ promql_expr_test: looks }) => {
    const firing = looks.map(({ exp_samples: samples }) =>
      samples.flatMap(({ labels }) => /alertname="(?<name>\w+)"/.exec(labels)?.groups?.['name'] ?? []),
    );
    const [first, ...later] = firing;
    return first?.length === 0 ? later.flat() : [];
  });

/** Everything below `deploy/observability` of `root`. */
export const readObservability = (root = ROOT): Observability => ({
  rules: filesIn(root, '*-alerts.yaml').flatMap((file) =>
    Rules.parse(parse(textOf(root, file))).groups.flatMap(({ rules }) =>
      rules.map((rule) => ({ ...rule, file })),
    ),
  ),
  dashboards: filesIn(root, 'dashboards/*.json').flatMap((file) => {
    const { panels, templating } = Dashboard.parse(JSON.parse(textOf(root, file)));
    return [
      ...panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ where: `${file}, ${title}`, expr })),
      ),
      ...templating.list.flatMap(({ query = '' }) => {
        const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(query) ?? [];
        return metric === undefined
          ? []
          : [{ where: `${file}, variables`, expr: `group by (${label}) (${metric})` }];
      }),
    ];
  }),
  tested: new Set(filesIn(root, 'tests/*.yaml').flatMap((file) => testedIn(textOf(root, file)))),
});
