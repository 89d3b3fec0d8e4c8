import { createHash } from 'node:crypto';
import { pagePolicy } from '#adapters/http/page-policy.ts';
import type { Language } from './languages.ts';

interface Texts {
  readonly title: string;
  readonly text: string;
}

/** By status; 500 for all others. */
const TEXTS: Readonly<Record<Language, Readonly<Record<number, Texts>>>> = {
  en: {
    400: { title: 'This request is not valid', text: 'Please check what you have entered, and try again.' },
    403: { title: 'This is not possible', text: 'You may not do this, or the form came from another site.' },
    404: { title: 'Page not found', text: 'This page does not exist, or what it showed is no longer for sale.' },
    405: { title: 'This is not possible', text: 'The page does not support this request.' },
    413: { title: 'That is too much', text: 'The form is too large.' },
    429: { title: 'Too many requests', text: 'Please wait a moment, and try again.' },
    500: { title: 'Something went wrong', text: 'The error is recorded. Please try again later.' },
    503: { title: 'We will be right back', text: 'The shop is not available at the moment. Please try again shortly.' },
  },
  de: {
    400: { title: 'Diese Anfrage ist ungültig', text: 'Bitte prüfen Sie Ihre Eingaben und versuchen Sie es erneut.' },
    403: { title: 'Das ist nicht möglich', text: 'Sie dürfen das nicht, oder das Formular kam von einer anderen Seite.' },
    404: { title: 'Seite nicht gefunden', text: 'Diese Seite gibt es nicht, oder der Artikel wird nicht mehr verkauft.' },
    405: { title: 'Das ist nicht möglich', text: 'Die Seite unterstützt diese Anfrage nicht.' },
    413: { title: 'Das ist zu viel', text: 'Das Formular ist zu groß.' },
    429: { title: 'Zu viele Anfragen', text: 'Bitte warten Sie einen Moment und versuchen Sie es erneut.' },
    500: { title: 'Etwas ist schiefgegangen', text: 'Der Fehler ist protokolliert. Bitte versuchen Sie es später erneut.' },
    503: { title: 'Wir sind gleich zurück', text: 'Der Shop ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.' },
  },
}; // prettier-ignore

const LINKS: Readonly<Record<Language, string>> = { en: 'To the home page', de: 'Zur Startseite' };

/** It has no other file: what it would ask for may be away as well. */
const STYLE =
  ':root{color-scheme:light dark}body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem}' +
  'h1{font-size:1.75rem;line-height:1.25;margin:0 0 .5rem}p{margin:0 0 1.25rem}a{color:light-dark(#0b5d4f,#7fd1be)}';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Allows the style of the error page itself. */
export const ERROR_PAGE_POLICY = pagePolicy().replace("style-src 'self'", `style-src 'sha256-${STYLE_HASH}'`);

/** The page for a refused or failed request of a page. */
export const errorPage = (status: number, language: Language): string => {
  const texts = TEXTS[language];
  const { title, text } = texts[status] ?? texts[status >= 500 ? 500 : 400] ?? { title: '', text: '' };
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
    `<title>${title}</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${text}</p><p><a href="/">${LINKS[language]}</a></p></main></body></html>`
  );
};
