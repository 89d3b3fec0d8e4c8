import { expect, it } from 'vitest';
import { isUuid } from '#kernel/ids.ts';
import { derivedId } from './derived-id.ts';

it('a derived ID is a UUID, the same for the same parts only', () => {
  const ids = [derivedId('a', 'b'), derivedId('ab'), derivedId('a', 'b', ''), derivedId('b', 'a')];
  expect(ids.every(isUuid)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(derivedId('a', 'b')).toBe(ids[0]);
});
