import { describe, expect, it } from 'vitest';
import { generateKey, publicJwk } from '#adapters/auth/tokens.ts';
import { keyedSecrets } from './keyed-secrets.ts';

const [key, other] = await Promise.all([generateKey('user'), generateKey('user')]);

describe('a secret', () => {
  it('is different each time, and has 256 bits', () => {
    const secrets = keyedSecrets(key);
    expect(secrets.next()).toMatch(/^[\w-]{43}$/);
    expect(secrets.next()).not.toBe(secrets.next());
  });

  it('has one successor, the same at every instance with the key, and another with another key', () => {
    const successor = keyedSecrets(key).successor('secret');
    expect(successor).toMatch(/^[\w-]{43}$/);
    expect(keyedSecrets(key).successor('secret')).toBe(successor);
    expect(keyedSecrets(key).successor('another')).not.toBe(successor);
    expect(keyedSecrets(other).successor('secret')).not.toBe(successor);
  });

  it('needs a private key', () => {
    expect(() => keyedSecrets({ ...publicJwk(key), kid: 'user' })).toThrow('private');
  });
});
