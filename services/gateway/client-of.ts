import { nameOf, type Principal } from '#adapters/auth/principal.ts';
import { networkOf } from '#adapters/http/client-address.ts';

/**
 * The key of a rate limit: the user id for signed-in users, the address for all others. Sign-in counts by address even with
 * a token: otherwise a client with many accounts would have as many limits for guessing passwords.
 * @param ip the client's address; undefined if its connection is closed
 */
export const clientOf = (principal: Principal, rateClass: string, ip = ''): string =>
  principal.kind === 'guest' || rateClass === 'auth' ? `ip:${networkOf(ip)}` : nameOf(principal);
