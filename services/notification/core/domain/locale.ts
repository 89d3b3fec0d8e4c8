/** The languages of mails, best first: a missing text is in the first one. */
export const LOCALES = ['en', 'de'] as const;

export type Locale = (typeof LOCALES)[number];

export const FALLBACK: Locale = 'en';
