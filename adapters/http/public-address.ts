import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

/** What is allocated to the public Internet; forms of IPv4 in IPv6 lie outside, or are ranges of their own. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address belongs to a host on the Internet, and not to this machine, its network or its cloud. */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address); // unwraps IPv4 written as IPv6
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST));
};

/**
 * Whether a URL's host can be on the Internet: neither `localhost` nor the address of a host that is not. What other names
 * resolve to is checked when they are dialled.
 * @param host of a parsed URL, which has decimal, octal and other notations in the usual form, and IPv6 in brackets
 */
export const isPublicHost = (host: string): boolean => {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return isIP(name) === 0 ? !/(^|\.)localhost$/i.test(name) : isPublicAddress(name);
};

/** A host that was not called, because it is not on the Internet. The message names no address: it may reach clients. */
export class AddressRefused extends Error {
  constructor(host: string) {
    super(`${host} is not a public address`);
    this.name = 'AddressRefused';
  }
}

/** Resolves a host name to its IP addresses, in the order of preference. Rejects if it has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveWithSystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

export interface PublicDialerOptions {
  /** Also dials private addresses, such as those of this machine: for development. */
  readonly isPrivateAllowed?: boolean;
  readonly resolve?: Resolve;
  /** Timeout of a connection, milliseconds. */
  readonly connectMs?: number;
}

/**
 * Connections to URLs that users have entered. The address is checked when it is dialled: a host is resolved once per connection, all its
 * addresses must be public, and only the checked addresses are dialled, whatever the name resolves to a moment later. Requests with
 * this dispatcher ignore the environment's proxies, and follow no redirects unless an interceptor is added. A refused host rejects
 * with `AddressRefused`.
 */
export const publicDialer = ({
  isPrivateAllowed = false,
  resolve = resolveWithSystem,
  connectMs = 5_000,
}: PublicDialerOptions = {}): Agent => {
  const isRefused = (address: string): boolean => !isPrivateAllowed && !isPublicAddress(address);
  const checked = async (host: string): Promise<readonly LookupAddress[]> => {
    const addresses = await resolve(host);
    if (addresses.length === 0 || addresses.some(isRefused)) throw new AddressRefused(host);
    return addresses.map((address) => ({ address, family: isIP(address) }));
  };
  const connect = buildConnector({
    timeout: connectMs,
    autoSelectFamily: true, // asks for all addresses, and dials them in turn
    lookup: (host, _, callback) => {
      checked(host).then(
        (addresses) => {
          callback(null, [...addresses]);
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)), []);
        },
      );
    },
  });
  return new Agent({
    connect: (options, callback) => {
      // A literal address is dialled without a lookup.
      if (isIP(options.hostname) !== 0 && isRefused(options.hostname))
        callback(new AddressRefused(options.hostname), null);
      else connect(options, callback);
    },
  });
};
