import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Mail } from '../../core/domain/mail.ts';
import { MailNotTaken, smtpMailer, type SmtpMailer } from './smtp-mailer.ts';

const MAIL: Mail = {
  mailId: '018f4e7a-5555-7000-8000-000000000001',
  kind: 'order.delivered',
  to: { email: 'ada@example.com', name: 'Ada, Countess "of" Lovelace' },
  subject: 'Your order was delivered – gleich',
  html: '<p>Hello</p>',
  text: 'Hello',
};
const SENDER = { name: 'The Shop', address: 'no-reply@shop.example', domain: 'shop.example' };

interface Opened {
  readonly url: string;
  readonly mailer: SmtpMailer;
  readonly received: string[];
  readonly stop: () => Promise<void>;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (options: SMTPServerOptions = {}): Promise<Opened> => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const url = `smtp://127.0.0.1:${port}`;
  const mailer = await smtpMailer(url, SENDER);
  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  closing.push(async () => {
    mailer.close();
    await stop();
  });
  return { url, mailer, received, stop };
};

const answer = (responseCode: number): Error => Object.assign(new Error('no'), { responseCode });

describe('mail by SMTP', () => {
  it('arrives, with an id that is the same if it is sent again', async () => {
    const { mailer, received } = await open();
    expect(await mailer.deliver(MAIL)).toEqual({ status: 'sent' });
    expect(await mailer.deliver(MAIL)).toEqual({ status: 'sent' });
    expect(received).toHaveLength(2);
    for (const message of received) {
      expect(message).toContain('Message-ID: <018f4e7a-5555-7000-8000-000000000001@shop.example>');
      expect(message).toContain('From: The Shop <no-reply@shop.example>');
      expect(message).toContain('<ada@example.com>');
      expect(message).toContain('Auto-Submitted: auto-generated');
      expect(message).toContain('<p>Hello</p>');
      expect(message).toContain('Content-Type: text/plain');
    }
  });

  it('has a button to unsubscribe, whose headers the signature covers', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const { url, received } = await open();
    const mailer = await smtpMailer(url, SENDER, { dkim: { selector: 'shop', privateKey } });
    closing.unshift(() => {
      mailer.close();
      return Promise.resolve();
    });
    const unsubscribeUrl = 'https://api.shop.example/api/v1/unsubscribe?token=t';
    await mailer.deliver({ ...MAIL, unsubscribeUrl });
    const headers = received[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
    expect(headers).toContain(`List-Unsubscribe: <${unsubscribeUrl}>`);
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const [signature = ''] = /^DKIM-Signature:.*$/m.exec(headers) ?? [];
    const signed = / h=([^;]*);/.exec(signature)?.[1]?.replaceAll(' ', '').toLowerCase().split(':');
    expect(signature).toMatch(/ d=shop.example;.* s=shop;/);
    expect(signed).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'from']));
    await mailer.deliver(MAIL);
    expect(received[1]).not.toContain('List-Unsubscribe:');
  });

  it('has one recipient, whatever the name looks like', async () => {
    const recipients: string[] = [];
    const { mailer } = await open({
      onRcptTo: ({ address }, _session, done) => {
        recipients.push(address);
        done();
      },
    });
    await mailer.deliver({ ...MAIL, to: { email: 'ada@example.com', name: 'Eve <eve@example.com>, Bob' } });
    expect(recipients).toEqual(['ada@example.com']);
  });

  it('fails for good if the server does not know the recipient', async () => {
    const { mailer } = await open({ onRcptTo: (_address, _session, done) => done(answer(550)) });
    expect(await mailer.deliver(MAIL)).toEqual({ status: 'failed', failure: 'SMTP 550' });
  });

  it('fails for good if the server refuses it', async () => {
    const { mailer } = await open({
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => done(answer(554)));
      },
    });
    expect(await mailer.deliver(MAIL)).toEqual({ status: 'failed', failure: 'SMTP 554' });
  });

  it('is retried after a temporary refusal; the error contains no address', async () => {
    const { mailer } = await open({ onRcptTo: (_address, _session, done) => done(answer(451)) });
    const error: unknown = await mailer.deliver(MAIL).catch((reason: unknown) => reason);
    expect(error).toEqual(new MailNotTaken('SMTP 451'));
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('ada@');
  });

  it('is retried if the server refuses the sender, not the mail', async () => {
    const { mailer } = await open({ onMailFrom: (_address, _session, done) => done(answer(550)) });
    await expect(mailer.deliver(MAIL)).rejects.toThrow(MailNotTaken);
  });

  it('is retried without a response', async () => {
    const { mailer, stop } = await open();
    await stop();
    await expect(mailer.deliver(MAIL)).rejects.toThrow(MailNotTaken);
  });
});
