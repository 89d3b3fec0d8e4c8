import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { COMMON_ERRORS, PROBLEM_JSON, toProblem } from './problem.ts';

const BODY = JSON.stringify(
  toProblem(
    COMMON_ERRORS,
    'VALIDATION_FAILED',
    'It is no HTTP, or its address and headers are too long.',
    '',
  ),
);
const ANSWER = [
  'HTTP/1.1 400 Bad Request',
  `Content-Type: ${PROBLEM_JSON}`,
  `Content-Length: ${Buffer.byteLength(BODY)}`,
  'Connection: close',
  '',
  BODY,
].join('\r\n');

/** What is no request reaches no application; it is answered with a problem nevertheless. */
export const answerUnreadable = (server: Server): void => {
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (_error, socket) => {
    // Never into the middle of an answer.
    if (socket.writable && !answering.has(socket)) socket.end(ANSWER);
    else socket.destroy();
  });
};
