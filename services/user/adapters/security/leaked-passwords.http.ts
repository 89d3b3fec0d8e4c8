import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Logger } from '#adapters/observability/logger.ts';
import { makePolicy, Outage } from '#adapters/resilience/policy.ts';
import type { LeakedPasswords } from '../../core/ports/passwords.ts';

const TIMEOUT_MS = 1_000;
/** Of a response, in bytes; usual are 40,000. */
const MOST_BYTES = 2 ** 20;
/** The service sees this part of the digest only, which hundreds of leaked passwords share. */
const PREFIX_LENGTH = 5;

/**
 * A service with the range API of Have I Been Pwned (https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange): it
 * gets the first five hexadecimal digits of the SHA-1 digest, and returns the rest of the digests that begin with them, one per
 * line as `REST:COUNT`.
 * @param url without `/range/`
 */
export const leakedPasswordsService = (url: string, logger: Logger): LeakedPasswords => {
  const policy = makePolicy({
    name: 'leaked passwords',
    timeoutMs: TIMEOUT_MS,
    retries: 0,
    breakForMs: 30_000,
  });
  const dispatcher = new Agent({ maxResponseSize: MOST_BYTES });
  const base = `${url.replace(/\/+$/, '')}/range/`;
  const rangeOf = (prefix: string): Promise<string> =>
    policy.execute(async (signal) => {
      try {
        // Padding makes all responses about as long, so that an eavesdropper cannot tell them apart.
        const headers = { 'add-padding': 'true' };
        const response = await request(base + prefix, { headers, signal, dispatcher });
        const text = await response.body.text();
        if (response.statusCode === 200) return text;
        throw new Outage(`it responded with ${response.statusCode}`);
      } catch (error) {
        throw error instanceof Outage ? error : new Outage('it did not respond', { cause: error });
      }
    });
  return {
    has: async (password) => {
      const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
      const [prefix, rest] = [digest.slice(0, PREFIX_LENGTH), digest.slice(PREFIX_LENGTH)];
      try {
        const lines = (await rangeOf(prefix)).split(/\r?\n/);
        // Padding has a count of 0.
        return lines.some((line) => line.toUpperCase().startsWith(`${rest}:`) && !line.endsWith(':0'));
      } catch (error) {
        logger.warn({ err: error }, 'a new password was not compared with leaked ones');
        return false;
      }
    },
  };
};

/** Where no service is configured, passwords are compared with the list of common ones only. */
export const noLeakedPasswords: LeakedPasswords = { has: () => Promise.resolve(false) };
