import { describe, expect, it } from 'vitest';
import { ORDER_ID, someNews } from '../../test/event.mother.ts';
import { LOCALES, type Locale } from '../../core/domain/locale.ts';
import { MAIL_KINDS, type MailContent } from '../../core/domain/mail.ts';
import { mailContentOf } from '../../core/domain/mail-content.ts';
import {
  handlebarsRenderer,
  loadForms,
  type Fallen,
  type Forms,
  type RendererOptions,
} from './handlebars-renderer.ts';
import { compileTemplates, templateOf } from './load-templates.ts';

/** Renders mails, and fails where one would fall back. */
const rendering = (options: Omit<RendererOptions, 'shop'> = {}) => {
  const { render } = handlebarsRenderer({
    shop: 'The Shop',
    onFallback: ({ error }) => {
      throw error;
    },
    ...options,
  });
  return { render: (content: MailContent, unsubscribeUrl?: string) => render(content, unsubscribeUrl).mail };
};

const renderer = rendering();
const GREETINGS = { en: 'Dear', de: 'Guten Tag' };
const isAboutOrder = (kind: string): boolean => /^(order|return|shipment|payment|review)[.]/.test(kind);

describe('a rendered mail', () => {
  describe.each(LOCALES)('in %s', (locale) => {
    it.each(MAIL_KINDS)('about %s is one page of HTML and the same as text', (kind) => {
      const content = mailContentOf(someNews(kind), locale);
      const mail = renderer.render(content);
      expect(mail).toMatchObject({ mailId: content.mailId, kind, to: content.to, subject: content.subject });
      for (const form of [mail.html, mail.text]) {
        expect(form).toContain(content.subject);
        expect(form).toContain(`${GREETINGS[locale]} ${String(content.data['name'])}`);
        expect(form).toContain('The Shop');
        expect(form).not.toMatch(/\{\{|undefined|\[object/);
        expect(form.includes(ORDER_ID)).toBe(isAboutOrder(kind));
      }
      expect(mail.html).toMatch(new RegExp(`^<!doctype html>\\n<html lang="${locale}">`));
      expect(mail.text).not.toMatch(/&\w+;|\n{3}/);
    });
  });

  it.each(['en', 'de'] as const)('names an order by its number, if that is known: in %s', (locale) => {
    const news = someNews('order.placed');
    const numbered = { ...news, facts: { ...news.facts, orderNumber: 'J6SW-3T35' } };
    const { html, text } = renderer.render(mailContentOf(numbered, locale));
    for (const form of [html, text]) {
      expect(form).toContain('J6SW-3T35');
      expect(form.replaceAll(`/orders/${ORDER_ID}`, '')).not.toContain(ORDER_ID);
    }
  });

  it('shows lines, sums and address of an order', () => {
    const { html, text } = renderer.render(mailContentOf(someNews('order.placed')));
    for (const shown of [
      '899.99 EUR',
      '19.00 EUR',
      '918.99 EUR',
      '4.90 EUR',
      '175.54 EUR',
      '1099.43 EUR',
      'SW1Y 4JH London',
    ])
      for (const form of [html, text]) expect(form).toContain(shown);
  });

  it('escapes HTML in its data', () => {
    const { html, text } = renderer.render(mailContentOf(someNews('order.placed')));
    expect(html).toContain('Mug &lt;b&gt;large&lt;/b&gt;');
    expect(text).toContain('Mug <b>large</b>');
    const name = '<script>alert(1)<script>';
    const welcome = renderer.render(mailContentOf(someNews('user.email_verified', { firstName: name })));
    expect(welcome.html).not.toContain('<script>');
  });

  describe('where the shop has pages', () => {
    const linking = rendering({ publicUrl: 'https://shop.example/' });
    const ORDER_PAGE = `https://shop.example/orders/${ORDER_ID}`;

    it.each(MAIL_KINDS.filter(isAboutOrder))('about %s links to its order', (kind) => {
      const { html, text } = linking.render(mailContentOf(someNews(kind)));
      expect(html).toContain(`href="${ORDER_PAGE}"`);
      expect(text).toContain(ORDER_PAGE);
    });

    it.each(LOCALES)('about a guest’s order links to it with the token in the fragment, in %s', (locale) => {
      for (const kind of ['order.placed', 'order.confirmed'] as const) {
        const content = mailContentOf(someNews(kind, { orderToken: 'the-token' }), locale);
        const { html, text } = linking.render(content);
        expect(html).toContain(`<a href="${ORDER_PAGE}#token&#x3D;the-token">`);
        expect(text).toContain(`:\n${ORDER_PAGE}#token=the-token\n`);
        const unlinked = renderer.render(content);
        expect(unlinked.html + unlinked.text).not.toContain('the-token');
      }
    });

    it('about a parcel links to the page that tracks it', () => {
      const { html, text } = linking.render(mailContentOf(someNews('shipment.created')));
      expect(html).toContain(`<a href="${ORDER_PAGE}">Follow your parcel</a>`);
      expect(text).toContain(`Follow your parcel: ${ORDER_PAGE}`);
    });

    it('about a password reset links to the page that sets a new one, with the token in the fragment', () => {
      const { html, text } = linking.render(mailContentOf(someNews('user.password_reset_requested')));
      const page = 'https://shop.example/reset-password#token=the-token';
      expect(html.replaceAll('&#x3D;', '=')).toContain(`href="${page}"`);
      expect(text).toContain(page);
    });

    it('about an address links to the page that confirms it, with the token in the fragment', () => {
      const { html, text } = linking.render(mailContentOf(someNews('user.email_verification_requested')));
      const page = 'https://shop.example/confirm-email#token=the-token';
      expect(html.replaceAll('&#x3D;', '=')).toContain(`href="${page}"`);
      expect(text).toContain(page);
    });

    it('contains no links otherwise, and the token as text', () => {
      for (const kind of MAIL_KINDS) {
        const { html, text } = renderer.render(mailContentOf(someNews(kind)));
        expect(`${html}${text}`).not.toMatch(/href|https?:/);
      }
      for (const kind of [
        'user.invited',
        'user.password_reset_requested',
        'user.email_verification_requested',
      ] as const)
        expect(renderer.render(mailContentOf(someNews(kind))).text).toContain('  the-token');
    });
  });

  it('of an event that no longer leads to one is rendered if it is still to be sent', () => {
    const stored = { ...mailContentOf(someNews('user.email_verified')), kind: 'user.registered' as const };
    expect(renderer.render(stored).text).toContain('Your account is ready.');
  });

  it('with missing data is an error of the template', () => {
    const content = { ...mailContentOf(someNews('order.delivered')), data: {} };
    expect(() => renderer.render(content)).toThrow('"name" not defined');
  });

  it.each([
    ['en', 'because of your account or order at The Shop', 'for the staff of The Shop'],
    ['de', 'wegen Ihres Kontos oder Ihrer Bestellung bei The Shop', 'für das Team von The Shop'],
  ] as const)(
    'in %s says at its end why one receives it, as a customer or as staff',
    (locale, customer, staff) => {
      const toCustomer = renderer.render(mailContentOf(someNews('user.factors_changed'), locale));
      const toStaff = renderer.render({
        mailId: toCustomer.mailId,
        kind: 'webhook.endpoint_disabled',
        locale,
        to: { email: 'staff@shop.example', name: '' },
        subject: 'A webhook endpoint was disabled',
        data: { host: 'erp.example', endpointId: 'e', isGone: true, since: '' },
      });
      for (const form of ['html', 'text'] as const) {
        expect([toCustomer[form].includes(customer), toCustomer[form].includes(staff)]).toEqual([
          true,
          false,
        ]);
        expect([toStaff[form].includes(customer), toStaff[form].includes(staff)]).toEqual([false, true]);
      }
    },
  );

  it('has a link to unsubscribe where there is one', () => {
    const url = 'https://api.shop.example/api/v1/unsubscribe?token=t';
    const { html, text } = renderer.render(mailContentOf(someNews('stock.available')), url);
    expect(html.replaceAll('&#x3D;', '=')).toContain(`href="${url}"`);
    expect(text).toContain(url);
  });
});

describe('a digest', () => {
  const url = 'https://api.shop.example/api/v1/unsubscribe?token=t';
  const both = someNews('alerts.digest');
  const texts = (news: typeof both) =>
    LOCALES.map((locale) => renderer.render(mailContentOf(news, locale), url).text);

  it('lists what is available again, and what costs less, each if there is any', () => {
    const [available, cheaper] = [
      /^(Available again|Wieder verfügbar):$/m,
      /^(Now costs less|Jetzt günstiger):$/m,
    ];
    const shown = (news: typeof both) =>
      texts(news).map((text) => [available.test(text), cheaper.test(text)]);
    expect(shown(both)).toEqual(LOCALES.map(() => [true, true]));
    expect(shown({ ...both, facts: { ...both.facts, cheaper: [] } })).toEqual(
      LOCALES.map(() => [true, false]),
    );
    expect(shown({ ...both, facts: { ...both.facts, available: [] } })).toEqual(
      LOCALES.map(() => [false, true]),
    );
  });

  it('says what the link in it ends', () => {
    expect(texts(both)).toEqual([
      expect.stringContaining(`No more mails about watched products: ${url}`),
      expect.stringContaining(`Keine E-Mails zu beobachteten Produkten mehr: ${url}`),
    ]);
  });
});

describe('a mail whose template', () => {
  const content = mailContentOf(someNews('order.delivered'), 'de');
  const [en, de] = [loadForms('en'), loadForms('de')];
  const broken = new Map(de).set('order.delivered', {
    html: templateOf(compileTemplates('html', [{ name: 'x', text: '{{nonsense}}' }]), 'x'),
    text: () => '',
    version: 'broken',
  });
  const fallen: Fallen[] = [];
  const renderWith = (forms: Readonly<Record<Locale, Forms>>) =>
    handlebarsRenderer({
      shop: 'The Shop',
      forms: new Map(LOCALES.map((locale) => [locale, forms[locale]])),
      onFallback: (one) => fallen.push(one),
    }).render(content);

  it('is missing or broken in its language is sent in English, which is counted', () => {
    const missing: Forms = new Map();
    for (const german of [broken, missing]) {
      fallen.splice(0);
      const { mail, locale } = renderWith({ en, de: german });
      expect([mail.text.includes('Dear Ada'), locale]).toEqual([true, 'en']);
      expect(fallen).toMatchObject([{ kind: 'order.delivered', locale: 'de', to: 'language' }]);
    }
  });

  it('is broken in all languages is sent as plain lines', () => {
    fallen.splice(0);
    const { mail, template } = renderWith({ en: broken, de: broken });
    expect(template).toBe('plain');
    expect(mail.text).toContain(`orderId: ${ORDER_ID}`);
    expect(mail.html).toContain('name: Ada Lovelace');
    expect(fallen).toMatchObject([{ to: 'plain text' }]);
  });

  it('has changed has another version', () => {
    const version = (text: string) => compileTemplates('txt', [{ name: 'a.b', text }]).versionOf('a.b');
    expect(version('one')).toBe(version('one'));
    expect(version('one')).not.toBe(version('two'));
  });
});

it('a missing template is an error', () => {
  expect(() => templateOf(compileTemplates('txt', []), 'order.placed')).toThrow('order.placed');
});
