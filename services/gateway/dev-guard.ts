import { isIP } from 'node:net';
import type { Request } from 'express';
import { isFromOtherOrigin } from './session/same-origin.ts';

/**
 * Protects development pages that must not leak to other sites: the mailbox, with its password reset links, and the overview
 * if it lists accounts.
 */
export const isForTrying = (path: string, listsAccounts: boolean): boolean =>
  path.startsWith('/dev/') || (path === '/dev' && listsAccounts);

/**
 * Whether a page of another origin is calling. Checks the browser's headers and the host name: a foreign domain can resolve to
 * 127.0.0.1 (DNS rebinding), while an IP address or `localhost` is safe. `names` are further names of the shop.
 */
export const isOtherOrigin = ({ headers }: Pick<Request, 'headers'>, names: readonly string[]): boolean =>
  !isOwnName(headers.host ?? '', names) || isFromOtherOrigin(headers);

/** @param host as in a `Host` header, with the port */
const isOwnName = (host: string, names: readonly string[]): boolean => {
  const url = `http://${host}`;
  if (!URL.canParse(url)) return false;
  const name = new URL(url).hostname;
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0;
  return isAddress || name === 'localhost' || name.endsWith('.localhost') || names.includes(name);
};
