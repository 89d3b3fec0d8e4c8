import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CLAIM, CONSUMER } from './claim.ts';

it('the statement that the canary removes is in the consumer, once', () => {
  expect(readFileSync(CONSUMER, 'utf8').split(CLAIM)).toHaveLength(2);
});
