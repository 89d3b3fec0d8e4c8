import { expect, it } from 'vitest';
import { COMMON_ERRORS } from '#adapters/http/problem.ts';
import { loadSpec, operationsOf, type Spec } from '#adapters/http/spec.ts';
import { MODULES } from '#all-in-one/main/modules.ts';
import { openToolbox } from '#test/kit/toolbox.ts';

/** `404 PRODUCT_NOT_FOUND` for each code that an OpenAPI file documents. */
const documentedCodes = (spec: Spec): ReadonlySet<string> => {
  const codes = operationsOf(spec).flatMap(({ operation }) =>
    Object.entries(operation.responses).flatMap(([status, response]) =>
      (response['x-codes'] ?? []).map((code) => `${status} ${code}`),
    ),
  );
  return new Set(codes.filter((entry) => !(entry.slice(4) in COMMON_ERRORS)));
};

it.each(MODULES)('$name documents exactly the refusals that it returns', async (module) => {
  const { errors } = await module.compose(await openToolbox('memory', module));
  const returned = Object.entries(errors).map(([code, { status }]) => `${status} ${code}`);
  expect(documentedCodes(loadSpec(module.spec))).toEqual(new Set(returned));
});
