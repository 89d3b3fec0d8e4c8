import type { IncomingMessage } from 'node:http';

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
