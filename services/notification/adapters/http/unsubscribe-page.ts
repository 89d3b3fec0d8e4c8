import { KINDS } from '../../core/domain/kinds.ts';
import { FALLBACK, type Locale } from '../../core/domain/locale.ts';
import type { MailKind } from '../../core/domain/mail.ts';

interface Texts {
  readonly title: string;
  /** What ends: mails of the kind, or all that a digest can hold. */
  readonly mails: (isDigest: boolean) => string;
  readonly question: (mails: string) => string;
  readonly button: (mails: string) => string;
  readonly done: (mails: string) => string;
}

const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    title: 'Unsubscribe',
    mails: (isDigest) => (isDigest ? 'mails about watched products' : 'mails of this kind'),
    question: (mails) => `Do you want no more ${mails}?`,
    button: (mails) => `No more ${mails}`,
    done: (mails) => `You will get no more ${mails}. You can change that in your account at any time.`,
  },
  de: {
    title: 'Abmelden',
    mails: (isDigest) => (isDigest ? 'E-Mails zu beobachteten Produkten' : 'E-Mails dieser Art'),
    question: (mails) => `Möchten Sie keine ${mails} mehr erhalten?`,
    button: (mails) => `Keine ${mails} mehr`,
    done: (mails) => `Sie erhalten keine ${mails} mehr. Das können Sie jederzeit in Ihrem Konto ändern.`,
  },
};

const page = (locale: Locale, content: string): string =>
  `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${TEXTS[locale].title}</title><style>body{max-width:32rem;margin:4rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}` +
  `button{padding:.6rem 1rem;font:inherit}</style><h1>${TEXTS[locale].title}</h1>${content}</html>`;

const mailsOf = (kind: MailKind, locale: Locale): string =>
  TEXTS[locale].mails(KINDS[kind].holds !== undefined);

/** Asks before anything changes: scanners of mails open links, but press no buttons. The form posts to the address of the page. */
export const unsubscribePage = (kind: MailKind, locale: Locale = FALLBACK): string => {
  const { question, button } = TEXTS[locale];
  const mails = mailsOf(kind, locale);
  return page(
    locale,
    `<p>${question(mails)}</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">` +
      `<button>${button(mails)}</button></form>`,
  );
};

export const unsubscribedPage = (kind: MailKind, locale: Locale = FALLBACK): string =>
  page(locale, `<p>${TEXTS[locale].done(mailsOf(kind, locale))}</p>`);
