import { expect, it } from 'vitest';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { search } from '../main/module.ts';

const service = serviceForEachTest(search);

it('Each change of a rule is in the audit trail.', async () => {
  const token = await service.toolbox.tokenOf('u-1', 'catalog_manager');
  const synonyms = (...words: readonly string[]) => ({ kind: 'synonyms', words });
  const rules = '/api/v1/search/rules';
  const { body } = await service.send('POST', rules, { token, body: synonyms('lamp', 'light') });
  const rule = `${rules}/${String(body.rule_id)}`;
  await service.send('PUT', rule, { token, body: synonyms('lamp', 'lantern') });
  await service.send('DELETE', rule, { token });
  expect(await actsIn(service.toolbox)).toEqual([
    { did: 'createSearchRule: search_rule', after: { version: 1, ...synonyms('lamp', 'light') } },
    {
      did: 'replaceSearchRule: search_rule',
      before: { version: 1, words: ['lamp', 'light'] },
      after: { version: 2, words: ['lamp', 'lantern'] },
    },
    { did: 'deleteSearchRule: search_rule', before: { version: 2, ...synonyms('lamp', 'lantern') } },
  ]);
  expect(await operationsIn(service.toolbox)).toEqual(auditedOperations(search));
});
