import { LETTER_KINDS, type Letter } from '../../core/domain/letter.ts';
import type { Printer } from '../../core/ports/mailer.ts';
import { loadTemplates, templateOf } from './load-templates.ts';

/** Pages of the shop that mails lead to; empty where there are none. */
const linksOf = (publicUrl: string | undefined, { orderId, data }: Letter) => {
  const base = publicUrl?.replace(/\/+$/, '');
  const { token } = data;
  return {
    orderUrl: base === undefined || orderId === undefined ? '' : `${base}/orders/${orderId}`,

    // After the #, so that neither servers nor pages that are linked to from there see it.
    resetUrl: base === undefined || typeof token !== 'string' ? '' : `${base}/reset-password#token=${token}`,
  };
};

/**
 * Prints letters by the templates in `templates/`; throws at once when one is missing.
 * @param shop the sender, as readers know it
 * @param publicUrl where the shop's pages are; mails hold no links without it
 */
export const handlebarsPrinter = (shop: string, publicUrl?: string): Printer => {
  const html = loadTemplates('html');
  const txt = loadTemplates('txt');
  const forms = new Map(
    LETTER_KINDS.map((kind) => [kind, { html: templateOf(html, kind), text: templateOf(txt, kind) }]),
  );
  return {
    print: (letter) => {
      const { letterId, kind, to, subject, orderId = '', data } = letter;
      const form = forms.get(kind);
      if (!form) throw new Error(`there is no template for ${kind}`);
      const view = { shop, subject, orderId, ...linksOf(publicUrl, letter), ...data };
      return { mailId: letterId, kind, to, subject, html: form.html(view), text: form.text(view) };
    },
  };
};
