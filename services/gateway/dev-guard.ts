import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * What helps to try the shop out, and shows what no stranger may see: mails, and with them links to reset passwords, and the front
 * page where it lists accounts.
 */
export const isForTrying = (path: string, listsAccounts: boolean): boolean =>
  path.startsWith('/dev/') || (path === '/' && listsAccounts);

/** Sent by browsers: where the page comes from that asks. None for an address that was typed, or for a tool. */
const NO_OTHER_SITE = [undefined, 'none', 'same-origin'];

/**
 * Whether a page of another origin asks. By its own headers, and by its name: a stranger's domain may be made to lead to
 * 127.0.0.1 (DNS rebinding), an address or `localhost` may not. `names` are others by which the shop is known.
 */
export const isOtherOrigin = ({ headers }: Pick<Request, 'headers'>, names: readonly string[]): boolean => {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  if (!isOwnName(host, names)) return true;
  if (typeof site === 'string' && !NO_OTHER_SITE.includes(site)) return true;
  return origin !== undefined && !isOriginOf(origin, host);
};

const isOriginOf = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === host.toLowerCase();

/** @param host with its port, as a `Host` header has it */
const isOwnName = (host: string, names: readonly string[]): boolean => {
  const url = `http://${host}`;
  if (!URL.canParse(url)) return false;
  const name = new URL(url).hostname;
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0;
  return isAddress || name === 'localhost' || name.endsWith('.localhost') || names.includes(name);
};
