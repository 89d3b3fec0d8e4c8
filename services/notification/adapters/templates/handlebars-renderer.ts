import { FORMER_KINDS, MAIL_KINDS, STAFF_KINDS, type MailContent } from '../../core/domain/mail.ts';
import type { Renderer } from '../../core/ports/mailer.ts';
import { loadTemplates, templateOf } from './load-templates.ts';

/** Links to the shop's pages; empty without a public URL. */
const linksOf = (publicUrl: string | undefined, { orderId, data }: MailContent) => {
  const base = publicUrl?.replace(/\/+$/, '');
  const { token } = data;
  const page = (name: string): string =>
    base === undefined || typeof token !== 'string' ? '' : `${base}/${name}#token=${token}`;
  return {
    orderUrl: base === undefined || orderId === undefined ? '' : `${base}/orders/${orderId}`,

    // In the fragment, so that neither servers nor pages linked from there see it.
    resetUrl: page('reset-password'),
    verifyUrl: page('confirm-email'),
  };
};

/**
 * Renders mails with the templates in `templates/`; throws at once if one is missing.
 * @param shop the sender's name
 * @param publicUrl base URL of the shop's pages; without it mails contain no links
 */
export const handlebarsRenderer = (shop: string, publicUrl?: string): Renderer => {
  const html = loadTemplates('html');
  const txt = loadTemplates('txt');
  const forms = new Map(
    [...MAIL_KINDS, ...FORMER_KINDS, ...STAFF_KINDS].map((kind) => [
      kind,
      { html: templateOf(html, kind), text: templateOf(txt, kind) },
    ]),
  );
  return {
    render: (content) => {
      const { mailId, kind, to, subject, orderId = '', data } = content;
      const form = forms.get(kind);
      if (!form) throw new Error(`there is no template for ${kind}`);
      const view = { shop, subject, orderId, ...linksOf(publicUrl, content), ...data };
      return { mailId: mailId, kind, to, subject, html: form.html(view), text: form.text(view) };
    },
  };
};
