import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealedSecrets } from './sealed-secrets.ts';

describe('a webhook secret', () => {
  const secrets = sealedSecrets(randomBytes(32));

  it('is 32 random bytes in the form of Standard Webhooks', () => {
    const [one, other] = [secrets.make('a'), secrets.make('a')].map((sealed) => secrets.open('a', sealed));
    expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(other).not.toBe(one);
  });

  it('can be read with the key of the service only, for its endpoint only, and unchanged only', () => {
    const sealed = secrets.make('a');
    const bytes = Buffer.from(sealed, 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(() => secrets.open('b', sealed)).toThrow();
    expect(() => secrets.open('a', bytes.toString('base64url'))).toThrow();
    expect(() => secrets.open('a', '')).toThrow();
    expect(() => sealedSecrets(randomBytes(32)).open('a', sealed)).toThrow();
  });
});
