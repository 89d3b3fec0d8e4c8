import type { IncomingHttpHeaders } from 'node:http';

/** `Sec-Fetch-Site`, set by browsers: the relation of the calling page to this origin. Tools do not send it. */
const OWN_PAGES = [undefined, 'same-origin'];

/**
 * Whether the page that sends this is of another origin. `none` is an address that was typed, or opened from a bookmark, which no
 * page can cause.
 */
export const isFromOtherOrigin = ({
  host = '',
  origin,
  'sec-fetch-site': site,
}: IncomingHttpHeaders): boolean => {
  if (site !== 'none' && !OWN_PAGES.some((own) => own === site)) return true;
  return origin !== undefined && !isOriginOf(origin, host);
};

const isOriginOf = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
