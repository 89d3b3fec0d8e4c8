import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { moment, string } from '#test/kit/pact/matchers.ts';
import { mailTaskAfter, toAda } from './mails.rig.ts';

const person = { email: string('ada@example.com'), first_name: string('Ada'), last_name: string('Lovelace') };

describeContract('notification', 'user', (contract) => {
  it('who has registered, to welcome them', () =>
    contract.hears('user.registered', person, async (event) => {
      expect(await mailTaskAfter(event)).toMatchObject({
        to: toAda,
        subject: 'Welcome, Ada',
        data: { name: 'Ada', email: 'ada@example.com' },
      });
    }));

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
});
