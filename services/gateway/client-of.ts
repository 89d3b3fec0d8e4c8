import ipaddr from 'ipaddr.js';
import { nameOf, type Principal } from '#adapters/auth/principal.ts';

/**
 * Whom a rate limit counts: users wherever they are, all others by their address. By that also whoever signs in,
 * token or not: with many accounts they would have as many limits for guessing passwords.
 * @param ip whence the request came; undefined when its connection is gone
 */
export const clientOf = (principal: Principal, rateClass: string, ip?: string): string =>
  principal.kind === 'guest' || rateClass === 'auth' ? `ip:${networkOf(ip)}` : nameOf(principal);

/** An address of IPv6 stands for its /64, which is what one household or machine is given. */
export const networkOf = (ip = ''): string => {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip); // IPv4 as such, even when written as IPv6
  return address instanceof ipaddr.IPv6
    ? `${address.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::`
    : address.toString();
};
