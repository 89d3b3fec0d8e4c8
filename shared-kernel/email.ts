/** One spelling per mailbox, as far as possible: addresses are compared regardless of case. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();
