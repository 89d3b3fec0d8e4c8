import { describe, expect, it } from 'vitest';
import { derivedKey } from './derived-key.ts';
import { generateKey, publicJwk } from './tokens.ts';

const [key, other] = await Promise.all([generateKey('order'), generateKey('order')]);

describe('a derived key', () => {
  it('is the same for each instance of the service, and 256 bits', () => {
    expect(derivedKey(key, 'quotes')).toHaveLength(32);
    expect(derivedKey({ ...key }, 'quotes')).toEqual(derivedKey(key, 'quotes'));
  });

  it('differs for another purpose or another signing key', () => {
    expect(derivedKey(key, 'vouchers')).not.toEqual(derivedKey(key, 'quotes'));
    expect(derivedKey(other, 'quotes')).not.toEqual(derivedKey(key, 'quotes'));
  });

  it('needs the private half', () => {
    expect(() => derivedKey({ ...publicJwk(key), kid: 'order' }, 'quotes')).toThrow('private');
  });
});
