/** One spelling per mailbox, as far as that can be told: addresses are compared without regard to case. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();
