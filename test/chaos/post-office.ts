import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { freePort } from '#adapters/system/free-port.ts';

/** A mail server that counts what it is given. */
export interface PostOffice {
  readonly url: string;
  /** How often each mail came, by its Message-ID. */
  readonly mails: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export const openPostOffice = async (): Promise<PostOffice> => {
  const mails = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.on('end', () => {
        const id = /^message-id:\s*(?<id>\S+)/im.exec(text)?.groups?.['id'] ?? 'without an id';
        mails.set(id, (mails.get(id) ?? 0) + 1);
        done();
      });
    },
  });
  server.on('error', () => undefined); // a client that was killed
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => { resolve(); })), // prettier-ignore
  };
};
