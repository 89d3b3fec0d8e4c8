import { describe, expect, it } from 'vitest';
import { parseSender } from './sender.ts';

describe('a sender', () => {
  it.each([
    'The Shop <no-reply@shop.example>',
    '"The Shop" <no-reply@shop.example>',
    ' The Shop  <no-reply@shop.example> ',
  ])('is read from %s', (text) => {
    expect(parseSender(text)).toEqual({
      name: 'The Shop',
      address: 'no-reply@shop.example',
      domain: 'shop.example',
    });
  });

  it.each(['no-reply@shop.example', '<no-reply@shop.example>'])('is named after its domain in %s', (text) => {
    expect(parseSender(text)).toMatchObject({ name: 'shop.example', address: 'no-reply@shop.example' });
  });

  it.each(['', 'The Shop', 'a@b@c', 'The Shop <>'])('cannot be read from "%s"', (text) => {
    expect(parseSender(text)).toBeUndefined();
  });
});
