import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { openEdge } from './edge.ts';

let take: (file: AsyncIterable<Uint8Array>) => Promise<object>;

const edge = forAllTests(() => openEdge({ takeFile: (file) => take(file) }));

const checksum = async (file: AsyncIterable<Uint8Array>): Promise<object> => {
  const hash = createHash('sha256');
  for await (const chunk of file) hash.update(chunk);
  return { sha256: hash.digest('hex') };
};

const send = (body: Uint8Array | ReadableStream, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${edge.url}/files`, { method: 'POST', headers, body, duplex: 'half' });

describe('a file that a client sends', () => {
  it('arrives as it was sent, of whatever type', async () => {
    take = checksum;
    const bytes = Buffer.alloc(900_000, 'abc');
    const response = await send(bytes, { 'content-type': 'multipart/form-data; boundary=x' });
    expect(await response.json()).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex') });
  });

  it('reaches the handler before it has arrived', async () => {
    const go = Promise.withResolvers<undefined>();
    take = async (file) => {
      const [first] = [await file[Symbol.asyncIterator]().next()];
      go.resolve(undefined);
      return { first: Buffer.from((first.value as Uint8Array | undefined) ?? []).toString() };
    };
    const response = await send(
      ReadableStream.from(
        (async function* () {
          yield Buffer.from('first');
          await go.promise;
          yield Buffer.from('second');
        })(),
      ),
    );
    expect(await response.json()).toEqual({ first: 'first' });
  });

  it('may be empty', async () => {
    take = checksum;
    expect((await send(Buffer.alloc(0))).status).toBe(200);
  });

  it('is refused at its limit, if its length is stated, before it is sent', async () => {
    take = () => Promise.reject(new Error('must not be called'));
    expect((await send(Buffer.alloc(1_000_001))).status).toBe(413);
  });

  it('is cut off at its limit otherwise, and its client can read why', async () => {
    take = checksum;
    const endless = ReadableStream.from(
      (async function* () {
        for (;;) {
          yield Buffer.alloc(100_000);
          await new Promise(setImmediate);
        }
      })(),
    );
    const response = await send(endless);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('is incomplete if its client disconnects', async () => {
    const failed = Promise.withResolvers<unknown>();
    take = (file) =>
      checksum(file).catch((error: unknown) => {
        failed.resolve(error);
        throw error;
      });
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    socket.write('POST /files HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly this', () => {
      socket.destroy();
    });
    expect(await failed.promise).toMatchObject({ code: 'MALFORMED_BODY' });
  });

  it('has no content encoding', async () => {
    take = checksum;
    expect((await send(Buffer.from('x'), { 'content-encoding': 'gzip' })).status).toBe(415);
  });
});
