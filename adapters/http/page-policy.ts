/**
 * The `Content-Security-Policy` of a page: everything comes from the shop's own origin, no script or style is in the page itself, and
 * no other page may frame it.
 * @param formTargets origins to which its forms may lead, besides the shop's own
 */
export const pagePolicy = (formTargets: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
