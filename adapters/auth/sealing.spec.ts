import { describe, expect, it } from 'vitest';
import { derivedSealingKey, makeSealing, sealingKeys } from './sealing.ts';
import { generateKey } from './tokens.ts';

const OLD = `2025:${Buffer.alloc(32, 1).toString('base64url')}`;
const NEW = `2026:${Buffer.alloc(32, 2).toString('base64url')}`;
const withKeys = (text: string) => makeSealing(sealingKeys.parse(text));

describe('a sealed secret', () => {
  it('is opened in its context, and looks different each time', () => {
    const { seal, open } = withKeys(OLD);
    const sealed = seal('a secret ü', 'ada');
    expect(sealed).toMatch(/^2025\.[\w-]+$/);
    expect(open(sealed, 'ada')).toBe('a secret ü');
    expect(seal('a secret ü', 'ada')).not.toBe(sealed);
  });

  it('is opened neither in another context, nor if it was changed', () => {
    const { seal, open } = withKeys(`${NEW},${OLD}`);
    const sealed = seal('a secret', 'ada');
    expect(() => open(sealed, 'eve')).toThrow();
    expect(() => open(sealed.replace('2026', '2025'), 'ada')).toThrow();
    const bytes = Buffer.from(sealed.slice(5), 'base64url');
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    expect(() => open(`2026.${bytes.toString('base64url')}`, 'ada')).toThrow();
    expect(() => open('2026.AAAA', 'ada')).toThrow();
  });

  it('is opened after a new key came first, until its own is gone', () => {
    const sealed = withKeys(OLD).seal('a secret', 'ada');
    const rotated = withKeys(`${NEW}, ${OLD}`);
    expect(rotated.open(sealed, 'ada')).toBe('a secret');
    expect(rotated.seal('a secret', 'ada')).toMatch(/^2026\./);
    expect(() => withKeys(NEW).open(sealed, 'ada')).toThrow('2025');
  });

  it('is sealed again under the first key, once', () => {
    const sealed = withKeys(OLD).seal('a secret', 'ada');
    const { reseal } = withKeys(`${NEW},${OLD}`);
    const again = reseal(sealed, 'ada');
    expect(withKeys(NEW).open(again, 'ada')).toBe('a secret');
    expect(reseal(again, 'ada')).toBe(again);
    expect(() => reseal(sealed, 'eve')).toThrow();
    expect(() => withKeys(NEW).reseal(sealed, 'ada')).toThrow('2025');
  });
});

describe('a sealing key', () => {
  it.each(['', 'none', 'short:AAAA', `${OLD},${OLD}`, OLD.replace('2025', 'a.b')])('is not %s', (text) => {
    expect(sealingKeys.safeParse(text).success).toBe(false);
  });

  it('can be derived from the key that a service signs with, which all its instances have', async () => {
    const key = await generateKey('user');
    const sealed = withKeys(derivedSealingKey(key)).seal('a secret', 'ada');
    expect(withKeys(derivedSealingKey({ ...key })).open(sealed, 'ada')).toBe('a secret');
  });
});
