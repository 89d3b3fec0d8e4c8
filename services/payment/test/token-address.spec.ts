import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Composition } from '#adapters/service/module.ts';
import { forAllTests } from '#test/kit/each-test.ts';
import { makeSend, type Send } from '#test/kit/http.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { payment } from '../main/module.ts';

const CARD = { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2_030, cvc: '123' };

describe('the gateway’s token server', () => {
  const toolbox = forAllTests(() => openToolbox('memory', payment));
  let composition: Composition;
  let send: Send;

  beforeAll(async () => {
    composition = await payment.compose(toolbox);
    for (const attachment of composition.attachments ?? []) await attachment.start();
    send = makeSend(toolbox.addresses.of('mock-gateway'));
  });

  afterAll(async () => {
    for (const attachment of composition.attachments ?? []) await attachment.stop();
  });

  it('exchanges a card for a token, and returns the storable part of the card', async () => {
    const { status, body, headers } = await send('POST', '/v1/tokens', { body: CARD });
    expect(status).toBe(201);
    expect(body).toEqual({
      token: expect.stringMatching(/^tok_[\w-]{32}$/),
      brand: 'visa',
      last4: '4242',
      exp_month: 12,
      exp_year: 2_030,
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('issues a reusable token on request', async () => {
    const { status, body } = await send('POST', '/v1/tokens', { body: { ...CARD, reusable: true } });
    expect([status, body.token]).toEqual([201, expect.stringMatching(/^pm_[\w-]{32}$/)]);
  });

  it.each([
    ['5555555555554444', 'mastercard'],
    ['378282246310005', 'amex'],
    ['6011111111111117', 'card'],
  ])('recognises the brand of %s', async (number, brand) => {
    const { body } = await send('POST', '/v1/tokens', { body: { ...CARD, number, cvc: '1234' } });
    expect(body).toMatchObject({ brand });
  });

  it.each([
    ['a number with a typo', { ...CARD, number: '4242424242424241' }, 'invalid_number'],
    ['a number too short', { ...CARD, number: '42' }, 'invalid_number'],
    ['an expired card', { ...CARD, exp_month: 2, exp_year: 2_026 }, 'expired_card'],
    ['an invalid month', { ...CARD, exp_month: 13 }, 'invalid_request'],
    ['an unclear wish for a reusable token', { ...CARD, reusable: 'yes' }, 'invalid_request'],
    ['an invalid security code', { ...CARD, cvc: '12' }, 'invalid_request'],
    ['a body that is not JSON', 'nonsense', 'invalid_request'],
    ['a long string', `"${'x'.repeat(5_000)}"`, 'invalid_request'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await send('POST', '/v1/tokens', { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code });
  });

  it('accepts a card until the end of its last month', async () => {
    const { status } = await send('POST', '/v1/tokens', { body: { ...CARD, exp_month: 3, exp_year: 2_026 } });
    expect(status).toBe(201);
  });

  it('lists the test cards, and serves nothing else', async () => {
    const { body } = await send('GET', '/');
    expect(body).toMatchObject({
      test_cards: expect.arrayContaining([expect.objectContaining({ number: '4242424242424242' })]),
    });
    expect((await send('GET', '/v1/tokens')).status).toBe(404);
    expect((await send('OPTIONS', '/v1/tokens')).status).toBe(204);
  });
});
