import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fileOf, normalised, pairsIn } from './files.ts';

const one = {
  type: 'Asynchronous/Messages',
  description: 'a',
  providerStates: [],
  contents: { content: { event_type: 'a' } },
};
const other = { ...one, description: 'b' };
const pact = (metadata: object, ...interactions: readonly object[]): string =>
  JSON.stringify({ provider: { name: 'p' }, consumer: { name: 'c' }, metadata, interactions });

describe('a pact file', () => {
  it('is the same in whatever order it is written', () => {
    const made = normalised(pact({ 'pact-js': { version: '17' } }, one, other));
    expect(normalised(pact({ 'pact-js': { version: '18' } }, other, one))).toBe(made);
    expect(normalised(made)).toBe(made);
  });

  it('differs if an interaction differs', () => {
    expect(normalised(pact({}, one))).not.toBe(normalised(pact({}, { ...one, pending: true })));
  });

  it('in the repository is normalised, and named after its pair', () => {
    for (const pair of pairsIn()) {
      const text = readFileSync(fileOf(pair), 'utf8');
      expect(normalised(text)).toBe(text);
    }
  });
});
