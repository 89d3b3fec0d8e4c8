import { describe, expect, it } from 'vitest';
import { ORDER_ID, someNews } from '../../test/event.mother.ts';
import { MAIL_KINDS } from '../../core/domain/mail.ts';
import { mailContentOf } from '../../core/domain/mail-content.ts';
import { handlebarsRenderer } from './handlebars-renderer.ts';
import { templateOf } from './load-templates.ts';

const renderer = handlebarsRenderer('The Shop');

describe('a rendered mail', () => {
  it.each(MAIL_KINDS)('about %s is one page of HTML and the same as text', (kind) => {
    const content = mailContentOf(someNews(kind));
    const mail = renderer.render(content);
    expect(mail).toMatchObject({ mailId: content.mailId, kind, to: content.to, subject: content.subject });
    for (const form of [mail.html, mail.text]) {
      expect(form).toContain(content.subject);
      expect(form).toContain(`Dear ${String(content.data['name'])}`);
      expect(form).toContain('The Shop');
      expect(form).not.toMatch(/\{\{|undefined|\[object/);
      expect(form.includes(ORDER_ID)).toBe(!kind.startsWith('user.'));
    }
    expect(mail.html).toMatch(/^<!doctype html>/);
    expect(mail.text).not.toMatch(/&\w+;|\n{3}/);
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
    const linking = handlebarsRenderer('The Shop', 'https://shop.example/');
    const ORDER_PAGE = `https://shop.example/orders/${ORDER_ID}`;

    it.each(MAIL_KINDS.filter((kind) => !kind.startsWith('user.')))('about %s links to its order', (kind) => {
      const { html, text } = linking.render(mailContentOf(someNews(kind)));
      expect(html).toContain(`href="${ORDER_PAGE}"`);
      expect(text).toContain(ORDER_PAGE);
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

  it('is not rendered with missing data', () => {
    const content = { ...mailContentOf(someNews('order.delivered')), data: {} };
    expect(() => renderer.render(content)).toThrow('"name" not defined');
  });
});

it('a missing template is an error', () => {
  expect(() => templateOf(new Map(), 'order.placed')).toThrow('order.placed');
});
