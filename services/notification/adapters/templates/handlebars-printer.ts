import { LETTER_KINDS } from '../../core/domain/letter.ts';
import type { Printer } from '../../core/ports/mailer.ts';
import { loadTemplates, templateOf } from './load-templates.ts';

/**
 * Prints letters by the templates in `templates/`; throws at once when one is missing.
 * @param shop the sender, as readers know it
 */
export const handlebarsPrinter = (shop: string): Printer => {
  const html = loadTemplates('html');
  const txt = loadTemplates('txt');
  const forms = new Map(
    LETTER_KINDS.map((kind) => [kind, { html: templateOf(html, kind), text: templateOf(txt, kind) }]),
  );
  return {
    print: ({ letterId, kind, to, subject, orderId = '', data }) => {
      const form = forms.get(kind);
      if (!form) throw new Error(`there is no template for ${kind}`);
      const view = { shop, subject, orderId, ...data };
      return { mailId: letterId, kind, to, subject, html: form.html(view), text: form.text(view) };
    },
  };
};
