import { KINDS } from '../../core/domain/kinds.ts';
import { FALLBACK, LOCALES, type Locale } from '../../core/domain/locale.ts';
import {
  FORMER_KINDS,
  MAIL_KINDS,
  STAFF_KINDS,
  type MailContent,
  type StoredKind,
} from '../../core/domain/mail.ts';
import type { Renderer } from '../../core/ports/mailer.ts';
import { loadTemplates, templateOf, type Template } from './load-templates.ts';

/** Links to the shop's pages; empty without a public URL. */
const linksOf = (publicUrl: string | undefined, { orderId, data }: MailContent) => {
  const base = publicUrl?.replace(/\/+$/, '');
  const { token, orderToken } = data;
  const access = typeof orderToken === 'string' ? `#token=${orderToken}` : '';
  const page = (name: string): string =>
    base === undefined || typeof token !== 'string' ? '' : `${base}/${name}#token=${token}`;
  // Tokens are in the fragment, so that neither servers nor pages linked from there see them.
  return {
    orderUrl: base === undefined || orderId === undefined ? '' : `${base}/orders/${orderId}${access}`,
    cartUrl: base === undefined ? '' : `${base}/cart`,
    resetUrl: page('reset-password'),
    verifyUrl: page('confirm-email'),
  };
};

interface Form {
  readonly html: Template;
  readonly text: Template;
  readonly version: string;
}

export type Forms = ReadonlyMap<StoredKind, Form>;

/** Throws if a template is missing or cannot be read. */
export const loadForms = (locale: Locale): Forms => {
  const [html, txt] = [loadTemplates('html', locale), loadTemplates('txt', locale)];
  return new Map(
    [...MAIL_KINDS, ...FORMER_KINDS, ...STAFF_KINDS].map((kind) => [
      kind,
      {
        html: templateOf(html, kind),
        text: templateOf(txt, kind),
        version: `${html.versionOf(kind)}${txt.versionOf(kind)}`,
      },
    ]),
  );
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What is known, line by line: better than no mail. */
const plain = (subject: string, view: Readonly<Record<string, unknown>>) => {
  const lines = Object.entries(view).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && name !== 'subject' ? [`${name}: ${value}`] : [],
  );
  const text = [subject, '', ...lines, ''].join('\n');
  return { text, html: `<pre>${text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)}</pre>` };
};

/** A mail that was not made as it should be: in another language, or without a template. */
export interface Fallen {
  readonly kind: StoredKind;
  readonly locale: Locale;
  readonly to: 'language' | 'plain text';
  readonly error?: unknown;
}

export interface RendererOptions {
  /** The sender's name. */
  readonly shop: string;
  /** Base URL of the shop's pages; without it mails contain no links. */
  readonly publicUrl?: string | undefined;
  /** By language; those of the project by default. */
  readonly forms?: ReadonlyMap<Locale, Forms>;
  readonly onFallback?: (fallen: Fallen) => void;
}

const allForms = (): ReadonlyMap<Locale, Forms> =>
  new Map(LOCALES.map((locale) => [locale, loadForms(locale)]));

/** Renders mails with the templates in `templates/`; throws at once if one is missing. */
export const handlebarsRenderer = ({
  shop,
  publicUrl,
  forms = allForms(),
  onFallback = () => undefined,
}: RendererOptions): Renderer => ({
  line: (content) => {
    const { orderUrl } = linksOf(publicUrl, content);
    return orderUrl === '' ? `${content.subject}.` : `${content.subject}: ${orderUrl}`;
  },
  render: (content, unsubscribeUrl = '') => {
    const { mailId, kind, to, subject, orderId = '', data, locale: wanted = FALLBACK } = content;
    const isForStaff = STAFF_KINDS.some((one) => one === kind);
    const isDigest = KINDS[kind].holds !== undefined;
    const links = linksOf(publicUrl, content);
    const view = { shop, subject, orderId, unsubscribeUrl, isForStaff, isDigest, ...links, ...data };
    for (const locale of new Set([wanted, FALLBACK])) {
      const form = forms.get(locale)?.get(kind);
      if (form)
        try {
          const shown = { ...view, locale };
          const mail = { mailId, kind, to, subject, html: form.html(shown), text: form.text(shown) };
          if (locale !== wanted) onFallback({ kind, locale: wanted, to: 'language' });
          return { mail, locale, template: form.version };
        } catch (error) {
          if (locale === FALLBACK) onFallback({ kind, locale: wanted, to: 'plain text', error });
        }
    }
    return {
      mail: { mailId, kind, to, subject, ...plain(subject, view) },
      locale: wanted,
      template: 'plain',
    };
  },
});
