import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tally } from '../../lib/steps.ts';
import { check, failureOf, mustReport } from '../check.ts';
import { obeys, plan, test, validate, withChange } from '../terraform.ts';
import type { Tools } from '../tools.ts';
import type { Workspace } from '../workspace.ts';
import { allowedIn, type Access } from './access.ts';

const FOLDER = 'terraform/vault';

/** Changes that the tests must notice. */
const MUTATIONS = [
  {
    what: 'a policy that is too wide',
    file: 'main.tf',
    from: /shop\/data\/keys\/\$\{name\}/,
    to: 'shop/data/keys/*',
    test: 'accounts_read_only_what_is_theirs',
  },
  {
    what: 'the key of another',
    file: 'main.tf',
    from: /shop\/data\/keys\/\$\{name\}/,
    to: 'shop/data/keys/payment',
    test: 'accounts_read_only_what_is_theirs',
  },
  {
    what: 'a policy that allows to write',
    file: 'main.tf',
    from: /\[\\"read\\"\]/,
    to: '[\\"read\\", \\"update\\"]',
    test: 'accounts_read_only_what_is_theirs',
  },
  {
    what: 'a role for any account',
    file: 'main.tf',
    from: /(bound_service_account_names +)= \[each.key\]/,
    to: '$1= ["*"]',
    test: 'accounts_read_only_what_is_theirs',
  },
  {
    what: 'a service that owns its tables',
    file: 'postgres/service.sql',
    from: /_service/,
    to: '_owner',
    test: 'only_migrations_change_schemas',
  },
  {
    what: 'logins that last too long',
    file: 'main.tf',
    from: /30 \* 24/,
    to: '40 * 24',
    test: 'logins_end',
  },
];

/**
 * Vault's configuration, on a stand-in for its provider. Besides the tallies returns, by environment, what it lets the pods read.
 * @param platforms by environment, what Terraform's output `charts` is, as JSON
 */
export const checkVault = async (
  tools: Tools,
  work: Workspace,
  platforms: ReadonlyMap<string, string>,
): Promise<{ readonly tallies: readonly Tally[]; readonly allowed: ReadonlyMap<string, Access> }> => {
  const allowed = new Map<string, Access>();
  const tallies = [
    await check('vault: valid', () => validate(work, FOLDER)),
    await check('vault: tests', () => test(work, FOLDER)),
  ];
  for (const { what, file, from, to, test: noticing } of MUTATIONS)
    tallies.push(
      await check(`canary: the tests of vault notice ${what}`, () =>
        withChange(work, { file: join(FOLDER, file), from, to }, async () => {
          mustReport(await failureOf(() => test(work, FOLDER)), `"${noticing}"... fail`);
        }),
      ),
    );
  for (const [environment, platform] of platforms)
    tallies.push(
      await check(`vault: the plan for ${environment} obeys the policies`, async () => {
        const charts = join(work.folder, FOLDER, `${environment}.json`);
        await writeFile(charts, platform);
        const settings = { charts, authorities: 'tests/authorities.pem' };
        const variables = Object.entries(settings).map(([name, value]) => `-var=${name}=${value}`);
        const file = await plan(work, FOLDER, ...variables);
        await obeys(tools, work, file);
        allowed.set(environment, allowedIn(await readFile(file, 'utf8')));
      }),
    );
  return { tallies, allowed };
};
