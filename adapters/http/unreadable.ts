import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { COMMON_ERRORS, PROBLEM_JSON, toProblem, type CommonCode } from './problem.ts';

const answerOf = (code: CommonCode, detail: string): string => {
  const problem = toProblem(COMMON_ERRORS, code, detail, '');
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
};

const NO_HTTP = answerOf('VALIDATION_FAILED', 'The request is not valid HTTP.');
/** Node's limit, including the request line. */
const TOO_LARGE = answerOf('HEADERS_TOO_LARGE', 'The request line and headers may have at most 16 KiB.');

/** Responds with a problem to input that is not an HTTP request and reaches no application. */
export const answerUnreadable = (server: Server): void => {
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Never write into the middle of a response.
    if (socket.writable && !answering.has(socket))
      socket.end(error.code === 'HPE_HEADER_OVERFLOW' ? TOO_LARGE : NO_HTTP);
    else socket.destroy();
  });
};
