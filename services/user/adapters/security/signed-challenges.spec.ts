import { describe, expect, it } from 'vitest';
import { generateKey } from '#adapters/auth/tokens.ts';
import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import { signedChallenges } from './signed-challenges.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const challenges = signedChallenges(await generateKey('user'));

describe('the challenge of a login by passkey', () => {
  it('is another each time, and valid for five minutes', () => {
    const challenge = challenges.issue(NOW);
    expect(challenge).toMatch(/^[\w-]{94}$/);
    expect(challenges.issue(NOW)).not.toBe(challenge);
    expect(challenges.isValid(challenge, after(NOW, 5 * MINUTE - SECOND))).toBe(true);
    expect(challenges.isValid(challenge, after(NOW, 5 * MINUTE))).toBe(false);
  });

  it('is not valid if it was made or changed by others', async () => {
    const challenge = challenges.issue(NOW);
    const other = signedChallenges(await generateKey('user')).issue(NOW);
    const bytes = Buffer.from(challenge, 'base64url');
    bytes[37] = (bytes[37] ?? 0) ^ 1; // the expiry
    for (const wrong of [other, bytes.toString('base64url'), challenge.slice(0, 50), 'x', ''])
      expect(challenges.isValid(wrong, NOW)).toBe(false);
  });
});
