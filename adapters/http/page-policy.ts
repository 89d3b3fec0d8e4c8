/**
 * The `Content-Security-Policy` of a page: everything comes from the shop's own origin, no script or style is in the page itself, and
 * no other page may frame it.
 * @param besides origins other than the shop's own: to which its forms may lead, and from which its pictures may come
 */
export const pagePolicy = ({
  formTargets = [],
  pictures = [],
}: { readonly formTargets?: readonly string[]; readonly pictures?: readonly string[] } = {}): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' data:", ...pictures].join(' '),
    "manifest-src 'self'",
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
