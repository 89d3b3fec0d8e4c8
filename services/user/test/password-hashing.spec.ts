import { beforeEach, describe, expect, it } from 'vitest';
import { openToolbox } from '#test/kit/toolbox.ts';
import type { Passwords } from '../core/ports/passwords.ts';
import { assemble } from '../main/compose.ts';
import { readUserConfig } from '../main/config.ts';
import { user } from '../main/module.ts';
import { openSecurity } from '../main/security.ts';
import { PASSWORD } from './service.ts';

const hashedBy = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const toolbox = await openToolbox('memory', user);
  return (await openSecurity(toolbox, readUserConfig(env))).passwords.hash(PASSWORD);
};

/** One that costs little and counts what is asked of it. */
const counting = () => {
  const asked: string[] = [];
  const passwords: Passwords = {
    hash: async (password) => `hash of ${password}`,
    verify: async (known, password) => {
      asked.push(password);
      return known === `hash of ${password}`;
    },
  };
  return { passwords, asked };
};

describe('a password', () => {
  /** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB of memory, 2 iterations, 1 lane. */
  it('costs by default at least what OWASP recommends', async () => {
    expect(await hashedBy({})).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
  });

  it('has the configured cost', async () => {
    const env = { USER_ARGON2_MEMORY_KIB: '2048', USER_ARGON2_ITERATIONS: '3', USER_ARGON2_PARALLELISM: '2' };
    expect(await hashedBy(env)).toMatch(/^\$argon2id\$v=19\$m=2048,p=2,t=3\$/);
  });
});

describe('a login', () => {
  let asked: string[];
  let logIn: (email: string, password: string) => Promise<{ readonly ok: boolean }>;

  beforeEach(async () => {
    const [toolbox, config] = [await openToolbox('memory', user), readUserConfig({})];
    const { passwords, asked: questions } = counting();
    asked = questions;
    const security = { ...(await openSecurity(toolbox, config)), passwords };
    const { useCases: users } = assemble(toolbox, config, security);
    await users.registerUser({ email: 'ada@example.com', password: PASSWORD, firstName: 'Ada', lastName: 'Lovelace' }); // prettier-ignore
    logIn = (email, password) => users.logIn({ email, password, network: '203.0.113.1' });
  });

  it.each([
    ['an account and its password', 'ada@example.com', PASSWORD],
    ['an account and another password', 'ada@example.com', 'wrong'],
    ['no account', 'nobody@example.com', 'wrong'],
  ])('verifies one password, whether or not the account exists: %s', async (_, email, password) => {
    expect((await logIn(email, password)).ok).toBe(password === PASSWORD);
    expect(asked).toEqual([password]);
  });
});
