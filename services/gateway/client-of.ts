import { nameOf, type Principal } from '#adapters/auth/principal.ts';
import { networkOf } from '#adapters/http/client-address.ts';

/**
 * Whom a rate limit counts: users wherever they are, all others by their address. By that also whoever signs in,
 * token or not: with many accounts they would have as many limits for guessing passwords.
 * @param ip whence the request came; undefined when its connection is gone
 */
export const clientOf = (principal: Principal, rateClass: string, ip = ''): string =>
  principal.kind === 'guest' || rateClass === 'auth' ? `ip:${networkOf(ip)}` : nameOf(principal);
