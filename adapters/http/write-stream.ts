import type { ServerResponse } from 'node:http';

/**
 * Writes a stream with backpressure. If `body` fails, the connection is cut off, so that the client does not take the partial
 * response for a complete one.
 */
export const writeStream = async (
  response: ServerResponse,
  body: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array>,
): Promise<void> => {
  response.flushHeaders();
  try {
    for await (const chunk of body) {
      if (response.destroyed || response.writableEnded) return; // which also returns from the stream
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } catch {
    response.destroy();
  }
};

/** A stream of events lasts until its client leaves, and clients open it again. */
export const isEndless = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');

/** Ends a response before it is complete: properly where nothing can be missing, as clients report a connection that is cut off as an error. */
export const endEarly = (response: ServerResponse): void => {
  if (response.headersSent && isEndless(response)) response.end();
  else response.destroy();
};

/** Resolves when the client has read on or disconnected. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
