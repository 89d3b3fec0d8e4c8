import { describe, expect, it } from 'vitest';
import { ManualClock } from '#kernel/clock.ts';
import { START } from '#test/kit/start.ts';
import { answerPayPage, type PageAnswer } from '../adapters/mock-gateway/pay-page.ts';
import type { CardToken } from '../adapters/mock-gateway/store.ts';

const SHOP = 'http://localhost:8080/checkout?delivery=dhl%3Aexpress';
const CARD = { number: '4242 4242 4242 4242', expiry: '12/31', cvc: '123' };

const tokens: CardToken[] = [];
const ask = (
  method: string,
  fields: Readonly<Record<string, string>>,
  returnOrigins: readonly string[] = [],
): Promise<PageAnswer> => {
  const text = new URLSearchParams(fields).toString();
  const store = { addToken: async (token: CardToken) => void tokens.push(token) };
  const isGet = method === 'GET';
  return answerPayPage({ method, url: isGet ? `/pay?${text}` : '/pay' }, isGet ? '' : text, {
    store,
    clock: new ManualClock(START),
    returnOrigins,
  });
};

describe('the payment gateway’s page for cards', () => {
  it('works without a script, and may be framed by no page', async () => {
    const { status, headers, text } = await ask('GET', { return_to: SHOP });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
    expect(text).toContain('autocomplete="cc-number"');
    expect(text).not.toContain('<script');
  });

  it('returns to the shop with a token in place of the card', async () => {
    const { status, headers } = await ask('POST', { ...CARD, return_to: SHOP });
    expect(status).toBe(303);
    const location = new URL(headers['location'] ?? '');
    expect(location.pathname).toBe('/checkout');
    expect(location.searchParams.get('delivery')).toBe('dhl:express');
    expect(location.searchParams.get('payment_token')).toBe(tokens.at(-1)?.token);
    expect(location.searchParams.get('card')).toBe('visa •••• 4242');
    expect(location.href).not.toContain('4242424242424242');
  });

  it.each([
    [{ ...CARD, number: '4242424242424241' }, 'This card number is not valid.'],
    [{ ...CARD, expiry: '01/20' }, 'This card has expired.'],
    [{ ...CARD, cvc: 'x' }, 'Please check what you have entered.'],
    [{ ...CARD, expiry: 'soon' }, 'Please check what you have entered.'],
  ])('shows what is wrong with %j, and not the card', async (card, fault) => {
    const { status, text } = await ask('POST', { ...card, return_to: SHOP });
    expect(status).toBe(422);
    expect(text).toContain(fault);
    expect(text).not.toContain(`value="${card.number}"`);
  });

  it.each([
    '',
    '/checkout',
    'https://evil.example/',
    'http://localhost.evil.example/',
    'javascript:alert(1)',
  ])('does not return to %j', async (returnTo) => {
    for (const method of ['GET', 'POST'])
      expect((await ask(method, { ...CARD, return_to: returnTo })).status).toBe(400);
  });

  it('returns to the configured shops only', async () => {
    const origins = ['https://shop.example'];
    expect((await ask('GET', { return_to: 'https://shop.example/checkout' }, origins)).status).toBe(200);
    expect((await ask('GET', { return_to: SHOP }, origins)).status).toBe(400);
  });

  it('shows what it was given as a text', async () => {
    const { text } = await ask('GET', { return_to: `${SHOP}&x="><script>alert(1)</script>` });
    expect(text).not.toContain('<script');
  });
});
