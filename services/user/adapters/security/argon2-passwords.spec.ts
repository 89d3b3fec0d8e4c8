import { describe, expect, it } from 'vitest';
import { hash, verify } from 'argon2';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import { argon2Passwords, type Argon2Settings } from './argon2-passwords.ts';

type Library = NonNullable<Parameters<typeof argon2Passwords>[1]>;

const open = (settings: Partial<Argon2Settings> = {}, library?: Library) =>
  argon2Passwords(
    { memoryKib: 1_024, iterations: 2, parallelism: 1, concurrency: 2, queue: 10, ...settings },
    library,
  );

describe('passwords with argon2', () => {
  it('match their own hash only', async () => {
    const passwords = await open();
    const hash = await passwords.hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=1024,p=1,t=2\$/);
    expect(await passwords.verify(hash, 'correct horse')).toBe(true);
    expect(await passwords.verify(hash, 'correct house')).toBe(false);
  });

  it('have a different hash each time', async () => {
    const passwords = await open();
    expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'));
  });

  it('match nothing without a hash', async () => {
    const passwords = await open();
    expect(await passwords.verify(undefined, 'correct horse')).toBe(false);
    expect(await passwords.verify(undefined, 'nobody has this password')).toBe(false);
  });

  it('take the same work without a hash: one of the same cost is verified', async () => {
    const costs: string[] = [];
    const counted: Library = {
      hash,
      verify: (digest, password) => {
        costs.push(digest.split('$').slice(0, 4).join('$'));
        return verify(digest, password);
      },
    };
    const passwords = await open({}, counted);
    await passwords.verify(await passwords.hash('correct horse'), 'wrong');
    await passwords.verify(undefined, 'wrong');
    expect(costs).toEqual(Array(2).fill('$argon2id$v=19$m=1024,p=1,t=2'));
  });

  it('are the same in every Unicode normal form', async () => {
    const passwords = await open();
    expect(await passwords.verify(await passwords.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(
      true,
    );
  });

  it('are refused if too many wait', async () => {
    const passwords = await open({ concurrency: 1, queue: 1 });
    const answers = await Promise.allSettled([1, 2, 3].map(() => passwords.hash('correct horse')));
    expect(answers).toMatchObject([
      { status: 'fulfilled' },
      { status: 'fulfilled' },
      { status: 'rejected', reason: expect.any(Overloaded) },
    ]);
  });
});
