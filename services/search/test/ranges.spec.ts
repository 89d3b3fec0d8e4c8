import { expect, it } from 'vitest';
import fc from 'fast-check';
import { z } from 'zod';
import { loadSpec } from '#adapters/http/spec.ts';
import { readRange } from '../core/domain/measure.ts';
import { search } from '../main/module.ts';

const RangeParameter = z.object({
  name: z.literal('attribute_range'),
  schema: z.object({ items: z.object({ pattern: z.string() }) }),
});

it('each range that the API accepts can be read', () => {
  const { parameters = [] } = loadSpec(search.spec).paths['/api/v1/search']?.get ?? {};
  const [pattern] = parameters.flatMap(
    (one) => RangeParameter.safeParse(one).data?.schema.items.pattern ?? [],
  );
  if (pattern === undefined) throw new Error('no pattern');
  fc.assert(
    fc.property(fc.stringMatching(new RegExp(pattern, 'u')), (pair) => {
      expect(readRange(pair.slice(pair.indexOf(':') + 1))).toBeDefined();
    }),
    { numRuns: 2_000, seed: 1 },
  );
});
