import type { Request, Response } from 'express';
import { COMMON_ERRORS, PROBLEM_JSON, toProblem, type CommonCode } from '#adapters/http/problem.ts';

/** Responds with a problem from the gateway itself. */
export const refuse = (
  request: Request,
  response: Response,
  code: CommonCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const problem = toProblem(COMMON_ERRORS, code, detail, request.path);
  response.set(headers);
  if (code === 'UNAUTHENTICATED') response.set('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
};
