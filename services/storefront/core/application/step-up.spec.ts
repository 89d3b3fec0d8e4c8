import { describe, expect, it } from 'vitest';
import { refusal } from '../../test/fake-shop.ts';
import { PASSWORD } from '../../test/fake-account.ts';
import { fakePages, ofProvider, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeStepUpPages } from './step-up.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { stepUp: makeStepUpPages(pages), ...noted };
};

const FORM = { password: PASSWORD, challenge: '', code: '', returnTo: '/account/privacy' };

describe('a step-up', () => {
  it('goes on in the existing session', async () => {
    const { stepUp, commands } = opened();
    expect(await stepUp.prove(signedIn, FORM)).toEqual({
      kind: 'see',
      to: '/account/privacy',
      session: { proof: { access_token: 'proven', expires_in: 300 } },
    });
    expect(commands).toEqual([['stepUp', PASSWORD]]);
  });

  it('leads to pages of this shop only', async () => {
    const { stepUp } = opened();
    expect(await stepUp.prove(signedIn, { ...FORM, returnTo: '//evil.example' })).toMatchObject({ to: '/' });
    const page = pageOf(await stepUp.show(signedIn, 'https://evil.example'), 'step-up');
    expect(page.returnTo).toBe('/');
  });

  it('of a user of the OIDC provider is a new login there', async () => {
    const { stepUp, commands } = opened();
    const there = { kind: 'see', to: '/bff/login/shop?return_to=%2Faccount%2Fprivacy&max_age=0' };
    expect(await stepUp.show(ofProvider, '/account/privacy')).toEqual(there);
    expect(await stepUp.prove(ofProvider, FORM)).toEqual(there);
    expect(commands).toEqual([]);
  });

  it('with a wrong password says so', async () => {
    const { stepUp } = opened();
    const page = pageOf(await stepUp.prove(signedIn, { ...FORM, password: 'wrong horse 7' }), 'step-up');
    expect(page).toMatchObject({
      returnTo: '/account/privacy',
      faults: [{ message: 'WRONG_PASSWORD' }],
      challenge: undefined,
    });
  });

  it('asks for a code where a second factor is needed, and again if it was wrong', async () => {
    const { stepUp } = opened({
      stepUp: () => Promise.resolve(refusal('SECOND_FACTOR_REQUIRED', { challenge: 'c-7' })),
      stepUpWithFactor: () => Promise.resolve(refusal('WRONG_CODE')),
    });
    const asked = pageOf(await stepUp.prove(signedIn, FORM), 'step-up');
    expect(asked).toMatchObject({ challenge: 'c-7', faults: [] });
    const again = await stepUp.prove(signedIn, { ...FORM, challenge: 'c-7', code: '000000' });
    expect(pageOf(again, 'step-up')).toMatchObject({ challenge: 'c-7', faults: [{ message: 'WRONG_CODE' }] });
  });

  it('begins with the password again if its challenge has expired', async () => {
    const { stepUp } = opened({ stepUpWithFactor: () => Promise.resolve(refusal('INVALID_CHALLENGE')) });
    const outcome = await stepUp.prove(signedIn, { ...FORM, challenge: 'c-7', code: '000000' });
    expect(pageOf(outcome, 'step-up').challenge).toBeUndefined();
  });
});
