/** GitHub's workflows, as far as the project can check what they name. */
import { parse } from 'yaml';
import { z } from 'zod';

const Permissions = z.record(z.string(), z.enum(['read', 'write']));

const Step = z.object({ env: z.record(z.string(), z.string()).default({}) });

const Job = z.object({
  permissions: Permissions.optional(),
  environment: z.string().optional(),
  uses: z.string().optional(),
  'timeout-minutes': z.int().optional(),
  steps: z.array(Step.extend({ id: z.string().optional() })).default([]),
});

const Workflow = z.object({
  on: z.record(
    z.string(),
    z
      .object({ paths: z.array(z.string()).default([]), 'paths-ignore': z.array(z.string()).default([]) })
      .nullable(),
  ),
  permissions: Permissions.optional(),
  jobs: z.record(z.string(), Job),
});

export type Workflow = z.infer<typeof Workflow>;

export const readWorkflow = (text: string): Workflow => Workflow.parse(parse(text));

/** The npm scripts that it runs. */
export const scriptsIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/npm (test)\b/g)].map(([, name = '']) => name),
];

/** The step whose variables are the paths by which parts of a pull request are picked. */
const PICKS = 'paths';

/** All paths that decide whether something runs. */
export const filtersIn = ({ on, jobs }: Workflow): readonly string[] => [
  ...Object.values(on).flatMap((event) => (event ? [...event.paths, ...event['paths-ignore']] : [])),
  ...Object.values(jobs)
    .flatMap(({ steps }) => steps.filter(({ id }) => id === PICKS))
    .flatMap(({ env }) => Object.values(env).filter((value) => !value.includes('${{')))
    .flatMap((value) => value.split(/\s+/)),
];

/** Actions that are not named by a commit, with the version as a comment. */
export const unpinnedIn = (text: string): readonly string[] =>
  [...text.matchAll(/uses: (.+)/g)]
    .map(([, action = '']) => action)
    .filter(
      (action) =>
        !action.startsWith('./') && !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+[.]\d+[.]\d+$/.test(action),
    );

/** What is missing in what a workflow says about its jobs. */
export const jobTroubles = ({ permissions, jobs }: Workflow): readonly string[] => [
  ...(permissions && Object.keys(permissions).length === 0 ? [] : ['gives all jobs permissions']),
  ...Object.entries(jobs).flatMap(([name, job]) => [
    ...(job.permissions ? [] : [`${name} has no permissions of its own`]),
    ...(job.uses === undefined && job['timeout-minutes'] === undefined ? [`${name} may run for hours`] : []),
  ]),
];
