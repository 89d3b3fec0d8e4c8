import { isIP } from 'node:net';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/**
 * The client's IP address: what the gateway says of it, which passes on nothing that a client says of itself. Without a
 * gateway it is the connecting peer. Services must be reachable by gateway and services only.
 */
export const clientAddressOf = (request: Request): string => {
  const said = request.get('x-forwarded-for') ?? '';
  return isIP(said) === 0 ? (request.socket.remoteAddress ?? '') : said;
};

/** The network of an address: an address of IPv4, and of IPv6 its /64, which is what one household or machine is given. */
export const networkOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // IPv4 as such, even when written as IPv6
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::`
    : parsed.toString();
};
