import { describe, expect, it } from 'vitest';
import { someNews } from '../../test/event.mother.ts';
import { mailContentOf } from '../domain/mail-content.ts';
import { initialPreferences, type Preferences } from '../domain/preferences.ts';
import type { ShortMessage } from '../ports/mailer.ts';
import { makeDeliverMail, makeDeliverShort } from './send-mail.ts';

const CONTENT = mailContentOf(someNews('shipment.created'));

const queriesWith = (preferences?: Preferences) => ({
  preferences: () => Promise.resolve(preferences),
  suppression: () => Promise.resolve(undefined),
});

describe('a text message', () => {
  const deliver = async (preferences?: Preferences, content = CONTENT) => {
    const sent: ShortMessage[] = [];
    const channel = {
      deliver: (message: ShortMessage) => {
        sent.push(message);
        return Promise.resolve({ status: 'sent' as const, providerId: 'SM1' });
      },
    };
    const renderer = { line: () => 'Your order is on its way.' };
    const send = makeDeliverShort(queriesWith(preferences), renderer, 'sms', channel, 'The Shop');
    return { outcome: await send(content, '+491701234567'), sent };
  };

  it('is a line, under the ID of the message and the name of the shop', async () => {
    const on = { ...initialPreferences('u'), choices: { [CONTENT.kind]: { sms: true } } };
    const { outcome, sent } = await deliver(on);
    expect(outcome).toEqual({ status: 'sent', providerId: 'SM1' });
    const { mailId: messageId } = CONTENT;
    expect(sent).toEqual([
      { messageId, to: '+491701234567', title: 'The Shop', text: 'Your order is on its way.' },
    ]);
  });

  it('is not sent to a user who has turned it off meanwhile', async () => {
    const { outcome, sent } = await deliver(initialPreferences('u'));
    expect([outcome, sent]).toEqual([{ status: 'suppressed', failure: 'opted out' }, []]);
  });

  it('is sent to a recipient without an account', async () => {
    const { userId: _, ...content } = CONTENT;
    expect((await deliver(undefined, content)).outcome).toMatchObject({ status: 'sent' });
  });
});

describe('a marketing mail', () => {
  it('is not sent by a shop that has no address to unsubscribe at', async () => {
    const send = makeDeliverMail({
      queries: queriesWith({ ...initialPreferences('u'), choices: { 'cart.abandoned': { email: true } } }),
      renderer: {
        render: () => {
          throw new Error('not to be rendered');
        },
        line: () => '',
      },
      mailer: { deliver: () => Promise.reject(new Error('not to be sent')) },
      unsubscribeUrlOf: () => undefined,
    });
    expect(await send(mailContentOf(someNews('cart.abandoned')))).toEqual({
      status: 'suppressed',
      failure: 'there is no address to unsubscribe at',
    });
  });
});
