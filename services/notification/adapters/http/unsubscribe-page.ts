import { FALLBACK, type Locale } from '../../core/domain/locale.ts';

interface Texts {
  readonly title: string;
  readonly question: string;
  readonly button: string;
  readonly done: string;
}

const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    title: 'Unsubscribe',
    question: 'Do you want no more mails of this kind?',
    button: 'No more mails of this kind',
    done: 'You will get no more mails of this kind. You can change that in your account at any time.',
  },
  de: {
    title: 'Abmelden',
    question: 'Möchten Sie keine E-Mails dieser Art mehr erhalten?',
    button: 'Keine E-Mails dieser Art mehr',
    done: 'Sie erhalten keine E-Mails dieser Art mehr. Das können Sie jederzeit in Ihrem Konto ändern.',
  },
};

const page = (locale: Locale, content: string): string =>
  `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${TEXTS[locale].title}</title><style>body{max-width:32rem;margin:4rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}` +
  `button{padding:.6rem 1rem;font:inherit}</style><h1>${TEXTS[locale].title}</h1>${content}</html>`;

/** Asks before anything changes: scanners of mails open links, but press no buttons. The form posts to the address of the page. */
export const unsubscribePage = (locale: Locale = FALLBACK): string =>
  page(
    locale,
    `<p>${TEXTS[locale].question}</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">` +
      `<button>${TEXTS[locale].button}</button></form>`,
  );

export const unsubscribedPage = (locale: Locale = FALLBACK): string =>
  page(locale, `<p>${TEXTS[locale].done}</p>`);
