/** For answers that are private and must not be stored on the way: mails, even if the mailbox is open to all, and secrets. */
export const NOT_KEPT = { 'Cache-Control': 'private, no-store' };
