import { createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '#adapters/system/free-port.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { serve } from '#test/kit/http.ts';
import { httpCdn } from '../adapters/cdn/http-cdn.ts';
import { clamd } from '../adapters/malware/clamd.ts';
import { picture } from './media.mother.ts';
import { newFolder, openMedia, OWNER, sha256Of } from './media.rig.ts';

const VIRUS = 'EICAR';

interface Clamd {
  readonly address: string;
  readonly port: number;
  /** Files that it has received. */
  readonly files: readonly Buffer[];
}

/** Speaks the protocol of ClamAV's daemon: length and bytes until the length is 0. */
const openClamd = async (answerTo: (file: Buffer, socket: Socket) => void): Promise<Clamd> => {
  const files: Buffer[] = [];
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      const command = 'zINSTREAM\0';
      let at = command.length;
      const chunks: Buffer[] = [];
      while (at + 4 <= received.length) {
        const length = received.readUInt32BE(at);
        if (length === 0) {
          expect(received.subarray(0, command.length).toString()).toBe(command);
          const file = Buffer.concat(chunks);
          files.push(file);
          answerTo(file, socket);
          return;
        }
        chunks.push(received.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  atEnd(() => new Promise((resolve) => server.close(resolve)));
  return { address: `127.0.0.1:${port}`, port, files };
};

/** Finds what contains its name. */
const honest = (file: Buffer, socket: Socket): void => {
  socket.end(file.includes(VIRUS) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
};

describe('a scanner for malware', () => {
  it('gets each file before it is stored', async () => {
    const { address, files } = await openClamd(honest);
    const media = await openMedia({ MEDIA_CLAMD: address });
    const clean = await picture('jpeg', { width: 900, height: 900 });
    expect(await media.upload(clean)).toMatchObject({ status: 201 });
    expect(files[0]?.equals(clean)).toBe(true);
    const infected = Buffer.concat([await picture(), Buffer.from(VIRUS)]);
    expect(await media.upload(infected)).toMatchObject({ status: 422, body: { code: 'MALWARE_FOUND' } });
    expect(await media.filesIn('files')).toHaveLength(1);
    expect(await media.filesIn('spool')).toEqual([]);
  });

  it('has what it finds noted in the security log, with who sent it; they do not learn what it was', async () => {
    const { address } = await openClamd(honest);
    const media = await openMedia({ MEDIA_CLAMD: address });
    const infected = Buffer.concat([await picture(), Buffer.from(VIRUS)]);
    const answer = await media.upload(infected, { token: await media.as(OWNER) });
    expect(JSON.stringify(answer.body)).not.toContain('Eicar');
    expect(media.toolbox.noted).toEqual([
      {
        event: 'malware_found',
        actor: `user:${OWNER}`,
        address: '127.0.0.1',
        operation: 'uploadMedia',
        details: {
          purpose: 'review',
          sha256: sha256Of(infected),
          bytes: infected.length,
          malware: 'Eicar-Signature',
        },
      },
    ]);
  });

  it('keeps files out while it is away', async () => {
    const media = await openMedia({ MEDIA_CLAMD: `127.0.0.1:${await freePort()}` });
    expect(await media.upload(await picture())).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(await media.filesIn('files')).toEqual([]);
  });

  it.each(['stream: OK FOUND? ERROR', 'INSTREAM size limit exceeded. ERROR', '', 'stream: OKAY'])(
    'has found nothing only if it says so, and not by %j',
    async (answer) => {
      const { port } = await openClamd((_, socket) => socket.end(`${answer}\0`));
      const path = join(await newFolder(), 'x');
      await writeFile(path, 'x');
      const scanner = clamd({ host: '127.0.0.1', port, timeoutMs: 5_000 });
      await expect(scanner.scan(path)).rejects.toThrow('cannot be checked');
    },
  );

  it('is not waited for without an end', async () => {
    const { port } = await openClamd(() => undefined);
    const path = join(await newFolder(), 'x');
    await writeFile(path, 'x');
    await expect(clamd({ host: '127.0.0.1', port, timeoutMs: 50 }).scan(path)).rejects.toThrow('cannot be');
  });
});

describe('a content delivery network', () => {
  const urlOf = (name: string): string => `https://files.example.com/${name}`;

  it('receives the URLs that no longer exist', async () => {
    const told: unknown[] = [];
    const { url } = await serve((request, response) => {
      void text(request).then((body) => {
        told.push({ authorization: request.headers.authorization, body: JSON.parse(body) as unknown });
        response.end();
      });
    });
    await httpCdn({ purgeUrl: url, authorization: 'Bearer x', urlOf }).purge(['a', 'b']);
    await httpCdn({ purgeUrl: url, authorization: undefined, urlOf }).purge([]);
    const urls = ['https://files.example.com/a', 'https://files.example.com/b'];
    expect(told).toEqual([
      { authorization: 'Bearer x', body: { urls } },
      { authorization: undefined, body: { urls: [] } },
    ]);
  });

  it('fails if it does not accept them', async () => {
    const { url } = await serve((_, response) => response.writeHead(500).end());
    const cdn = httpCdn({ purgeUrl: url, authorization: undefined, urlOf });
    await expect(cdn.purge(['a'])).rejects.toThrow('the CDN answered 500');
  });
});
