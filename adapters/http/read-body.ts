import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpProblem } from './problem.ts';

type Body = AsyncIterable<Uint8Array> | Buffer | undefined;

interface Accepted {
  /** Bytes. */
  readonly bodyBytes: number;
  readonly takesFile: boolean;
}

/** The body as the operation takes it: collected, or a file as it arrives, whose length is checked only as far as it is stated. */
export const bodyOf = async (
  request: IncomingMessage,
  response: ServerResponse,
  { bodyBytes, takesFile }: Accepted,
): Promise<Body | 'too large'> => {
  if (!takesFile) return readBody(request, bodyBytes);
  discardRest(request, response);
  if (Number(request.headers['content-length'] ?? 0) > bodyBytes) return 'too large';
  // Read from the start by each reader: a gateway begins again at another instance if the first one cannot be reached.
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
};

/** The client reads the response while it still sends, if it is let send for a while: a reset connection loses what it has not read. */
const LINGER_MS = 1_000;

/** Discards what nobody has read of a body when the response is sent, but not for ever: it may have no end. */
const discardRest = (request: IncomingMessage, response: ServerResponse): void => {
  response.once('finish', () => {
    if (request.complete) return;
    const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
    request.once('close', () => {
      clearTimeout(timer);
    });
    request.resume();
  });
};

/**
 * A file as it arrives. Reading it throws an `HttpProblem` after `limit` bytes, and if the client disconnects before the end.
 * @param limit bytes
 */
export async function* limited(
  file: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  try {
    for await (const chunk of file) {
      bytes += chunk.length;
      if (bytes > limit) throw new HttpProblem('PAYLOAD_TOO_LARGE', 'The file is too large.');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof HttpProblem ? error : new HttpProblem('MALFORMED_BODY', 'The file is incomplete.');
  }
}

/**
 * The raw body; undefined if there is none. Discards a body that grows too large, but reads it to the end: a client
 * that is cut off while it sends does not read the response.
 * @param limit bytes
 */
export const readBody = async (
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too large' | undefined> => {
  const length = request.headers['content-length'];
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return undefined;
  if (Number(length ?? 0) > limit) return 'too large';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return 'too large';
    chunks.push(chunk);
  }
  return size === 0 ? undefined : Buffer.concat(chunks);
};
