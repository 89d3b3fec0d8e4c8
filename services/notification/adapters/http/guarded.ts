/** A page of this service: no scripts, no external resources. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";
/** A mail is untrusted: it has no origin, runs no scripts and loads nothing. */
export const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A mail is private, even if the mailbox is open to all. */
export const NOT_KEPT = { 'Cache-Control': 'private, no-store' };

export const guarded = (policy: string) => ({
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer', // addresses may contain tokens
  ...NOT_KEPT,
});
