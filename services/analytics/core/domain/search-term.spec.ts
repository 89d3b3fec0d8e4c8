import { expect, it } from 'vitest';
import { searchTerm } from './search-term.ts';

it.each([
  ['  Desk\tLAMP ', 'desk lamp'],
  ['usb 3.0 cable 100 cm', 'usb 3.0 cable 100 cm'],
  ['iPhone 15 128GB', 'iphone 15 128gb'],
])('%j is counted as %j', (query, term) => {
  expect(searchTerm(query)).toBe(term);
});

it.each([
  'ann@example.com',
  '+49 30 1234567',
  '4242 4242 4242 4242',
  'a'.repeat(40),
  'lamp '.repeat(30),
  '  ',
])('%j, which might be about a person or is nothing, is not kept', (query) => {
  expect(searchTerm(query)).toBeUndefined();
});
