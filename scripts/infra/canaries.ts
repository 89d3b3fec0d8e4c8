import { checkov } from './checkov.ts';
import { check, failureOf, mustReport } from './check.ts';
import type { Tally } from '../lib/steps.ts';
import { describesVariables, obeys, plan, test, validate, withChange } from './terraform.ts';
import type { Tools } from './tools.ts';
import type { Workspace } from './workspace.ts';

/** Folder of `terraform/canaries` → what the policies say of its plan. */
const AGAINST_POLICY = {
  'public-database': 'a database with a public address',
  'unencrypted-bucket': 'no aws_s3_bucket_server_side_encryption_configuration',
  'open-security-group': 'open to the world',
};

/** What checkov says of all canaries. */
const FINDINGS = [
  'CKV_AWS_17 /public-database/main.tf',
  'CKV_AWS_145 /unencrypted-bucket/main.tf',
  'CKV_AWS_24 /open-security-group/main.tf',
  'suppressed without a reason: CKV_AWS_27 /unexplained-suppression/main.tf',
];

/** Changes of a module that its tests must notice. */
const MUTATIONS = [
  {
    module: 'rds',
    from: /publicly_accessible( +)= false/,
    to: 'publicly_accessible$1= true',
    test: 'no_public_database',
  },
  {
    module: 'documentdb',
    from: /storage_encrypted( +)= true/,
    to: 'storage_encrypted$1= false',
    test: 'encrypted_on_disk',
  },
  { module: 'msk', from: /min[.]insync[.]replicas=2/, to: 'min.insync.replicas=1', test: 'loses_no_event' },
  {
    module: 'eks',
    from: /endpoint_public_access( +)= false/,
    to: 'endpoint_public_access$1= true',
    test: 'the_api_is_private',
  },
  {
    module: 'github',
    from: /:environment:production/,
    to: ':*',
    test: 'each_role_is_for_one_kind_of_job',
  },
];

/** Shows that each guard notices what it is there for. */
export const checkCanaries = async (tools: Tools, work: Workspace): Promise<readonly Tally[]> => {
  const tallies: Tally[] = [];
  for (const [name, report] of Object.entries(AGAINST_POLICY))
    tallies.push(
      await check(`canary: the policies notice ${name}`, async () => {
        const file = await plan(work, `terraform/canaries/${name}`);
        mustReport(await failureOf(() => obeys(tools, work, file)), report);
      }),
    );
  for (const { module, from, to, test: noticing } of MUTATIONS)
    tallies.push(
      await check(`canary: the tests of ${module} notice ${to.replace('$1', ' ')}`, () =>
        withChange(work, { file: `terraform/modules/${module}/main.tf`, from, to }, async () => {
          mustReport(await failureOf(() => test(work, `terraform/modules/${module}`)), noticing);
        }),
      ),
    );
  tallies.push(
    await check('canary: checkov notices them, and a suppression without a reason', async () => {
      mustReport(await failureOf(() => checkov(tools, work, 'terraform/canaries')), ...FINDINGS);
    }),
    await check('canary: a variable that says nothing is noticed', async () => {
      const file = 'terraform/canaries/undescribed-variable/main.tf';
      mustReport(
        await failureOf(() => describesVariables(tools, work, file)),
        'anything: no type',
        'anything: no description',
        'anything: no validation',
      );
    }),
    await check('canary: a misspelt argument is noticed', async () => {
      mustReport(await failureOf(() => validate(work, 'terraform/canaries/misspelt-argument')), 'buckett');
    }),
    await check('canary: a file that is not formatted is noticed', () =>
      withChange(work, { file: 'terraform/main.tf', from: / = /, to: '=' }, async () => {
        await failureOf(() => work.terraform('terraform', 'fmt', '-check', '-recursive'));
      }),
    ),
  );
  return tallies;
};
