import { isIP } from 'node:net';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/**
 * The client's IP address as reported by the gateway, which ignores what clients claim. Without a gateway it is the connecting
 * peer. Only the gateway and services may be able to reach a service.
 */
export const clientAddressOf = (request: Request): string => {
  const forwarded = request.get('x-forwarded-for') ?? '';
  return isIP(forwarded) === 0 ? (request.socket.remoteAddress ?? '') : forwarded;
};

/** The network of an address: an IPv4 address, or the /64 of an IPv6 address, which is what one household gets. */
export const networkOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // unwraps IPv4 written as IPv6
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::`
    : parsed.toString();
};
