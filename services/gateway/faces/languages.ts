import type { Request } from 'express';
import { cookieIn, type Cookie } from '../session/clients.ts';

/** Languages of the pages, the default first. */
export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

const NAME = 'language';
const YEAR_MS = 365 * 86_400_000;

/** The visitor's choice. */
export const languageCookie = ({ secure }: Pick<Request, 'secure'>): Cookie => ({
  name: NAME,
  options: { httpOnly: true, path: '/', sameSite: 'lax', secure, maxAge: YEAR_MS },
});

/** The language that the visitor has chosen, or else the one that the browser prefers. */
export const languageOf = (request: Request, cookies: string | undefined): Language => {
  const chosen = LANGUAGES.find((one) => one === cookieIn(cookies, NAME));
  if (chosen !== undefined) return chosen;
  const preferred = request.acceptsLanguages(...LANGUAGES);
  return LANGUAGES.find((one) => one === preferred) ?? LANGUAGES[0];
};
