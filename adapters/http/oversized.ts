import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS } from './limits.ts';
import { COMMON_ERRORS, PROBLEM_JSON, toProblem, type CommonCode } from './problem.ts';

const oversizedBy = ({ url = '', rawHeaders }: IncomingMessage): CommonCode | undefined => {
  if (url.length > LIMITS.urlBytes) return 'URI_TOO_LONG';
  return rawHeaders.length / 2 > LIMITS.headers ? 'HEADERS_TOO_LARGE' : undefined;
};

/** Refuses a request whose URI or headers are too large for any application; returns true if it did. */
export const refuseOversized = (request: IncomingMessage, response: ServerResponse): boolean => {
  const code = oversizedBy(request);
  if (code === undefined) return false;
  const problem = toProblem(COMMON_ERRORS, code, 'See the limits in the documentation.', '');
  response.writeHead(problem.status, { 'Content-Type': PROBLEM_JSON, Connection: 'close' });
  response.end(JSON.stringify(problem));
  return true;
};
