import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, moment, string, uuid } from '#test/kit/pact/matchers.ts';
import { mailTaskAfter, personAfter, toAda } from './mails.rig.ts';

const USER = '0190a000-0000-7000-8000-000000000002';
const person = {
  user_id: uuid(USER),
  email: string('ada@example.com'),
  first_name: string('Ada'),
  last_name: string('Lovelace'),
};

describeContract('notification', 'user', (contract) => {
  it('whose address is proven, to welcome them', () =>
    contract.hears('user.email_verified', person, async (event) => {
      expect(await mailTaskAfter(event)).toMatchObject({
        to: toAda,
        subject: 'Welcome, Ada',
        data: { name: 'Ada', email: 'ada@example.com' },
      });
    }));

  it('who is invited, and by which token until when', () =>
    contract.hears(
      'user.invited',
      { ...person, token: string('the-token'), expires_at: moment('2026-03-01T12:30:00.000Z') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          to: toAda,
          data: { name: 'Ada', token: 'the-token', until: '1 March 2026 at 12:30 UTC' },
        });
      },
    ));

  it('who is to prove an address, and by which token until when', () =>
    contract.hears(
      'user.email_verification_requested',
      { ...person, token: string('the-token'), expires_at: moment('2026-03-01T12:30:00.000Z') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          to: toAda,
          data: { name: 'Ada', token: 'the-token', until: '1 March 2026 at 12:30 UTC' },
        });
      },
    ));

  it('who is erased, from the request until it is done', () =>
    contract.hears('user.erasure_requested', person, async (event) => {
      expect(await mailTaskAfter(event)).toMatchObject({ to: toAda, subject: 'Your account has ended' });
    }));

  it('what is kept of those who are erased, and why', () =>
    contract.hears(
      'user.erased',
      {
        ...person,
        kept: eachLike({ kind: string('orders'), count: integer(2), reason: string('bookkeeping') }),
      },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          to: toAda,
          data: { kept: ['orders (2), because commercial and tax law demands it'] },
        });
      },
    ));

  it('who has logged in elsewhere, with what and when', () =>
    contract.hears(
      'user.logged_in_elsewhere',
      { ...person, device: string('Firefox/140.0'), logged_in_at: moment('2026-03-01T12:30:00.000Z') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          to: toAda,
          data: { device: 'Firefox', time: '1 March 2026 at 12:30 UTC' },
        });
      },
    ));

  it('who wants another address, to warn them at the present one', () =>
    contract.hears('user.email_change_requested', person, async (event) => {
      expect(await mailTaskAfter(event)).toMatchObject({ to: toAda, data: { email: 'ada@example.com' } });
    }));

  it('who has another address, to tell them at the previous one', () =>
    contract.hears(
      'user.email_changed',
      { ...person, email: string('ada@example.org'), previous_email: string('ada@example.com') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({ to: toAda, data: { email: 'ada@example.com' } });
      },
    ));

  it('whose second factors have changed, how and when', () =>
    contract.hears(
      'user.factors_changed',
      { ...person, change: string('authenticator_added'), changed_at: moment('2026-03-01T12:30:00.000Z') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          to: toAda,
          data: {
            change: 'An authenticator app was added to your account.',
            time: '1 March 2026 at 12:30 UTC',
          },
        });
      },
    ));

  it('who has registered again, to tell them that they have an account', () =>
    contract.hears('user.registration_repeated', person, async (event) => {
      expect(await mailTaskAfter(event)).toMatchObject({
        to: toAda,
        data: { name: 'Ada', email: 'ada@example.com' },
      });
    }));

  it('who wants a new password, and by which token until when', () =>
    contract.hears(
      'user.password_reset_requested',
      { ...person, token: string('the-token'), expires_at: moment('2026-03-01T12:30:00.000Z') },
      async (event) => {
        expect(await mailTaskAfter(event)).toMatchObject({
          to: toAda,
          data: { name: 'Ada', token: 'the-token', until: '1 March 2026 at 12:30 UTC' },
        });
      },
    ));

  it('who is new, to know their address', () =>
    contract.hears(
      'user.registered',
      { ...person, registered_at: moment('2026-03-01T12:00:00.000Z') },
      async (event) => {
        expect(await personAfter(event, USER)).toMatchObject({ address: { email: 'ada@example.com' } });
      },
    ));

  it('what they are called now', () =>
    contract.hears(
      'user.profile.updated',
      { ...person, updated_at: moment('2026-03-01T12:00:00.000Z') },
      async (event) => {
        expect(await personAfter(event, USER)).toMatchObject({
          address: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
        });
      },
    ));
});
