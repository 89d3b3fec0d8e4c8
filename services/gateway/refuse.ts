import type { Request, Response } from 'express';
import { COMMON_ERRORS, PROBLEM_JSON, toProblem, type CommonCode } from '#adapters/http/problem.ts';
import { ERROR_PAGE_POLICY, errorPage } from './faces/error-page.ts';
import { localsOf } from './locals.ts';

/** Responds with a problem from the gateway itself, or with a page where a page was requested. */
export const refuse = (
  request: Request,
  response: Response,
  code: CommonCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const problem = toProblem(COMMON_ERRORS, code, detail, request.path);
  response.set(headers);
  if (code === 'STEP_UP_REQUIRED' && localsOf(response).pageLanguage !== undefined) {
    leadToStepUp(request, response);
    return;
  }
  if (refusePage(request, response, problem.status)) return;
  if (code === 'UNAUTHENTICATED') response.set('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
};

/** Responds with a page where a page was requested; returns true if it did. Who is not logged in, or not recently enough, gets the login. */
export const refusePage = (request: Request, response: Response, status: number): boolean => {
  const { pageLanguage: language } = localsOf(response);
  if (language === undefined) return false;
  if (status === 401) {
    leadTo('/login', request, response);
    return true;
  }
  const text = errorPage(status, language);
  response.set('Content-Security-Policy', ERROR_PAGE_POLICY).status(status).type('html').send(text);
  return true;
};

/** Where the user proves again who they are: at the OIDC provider, if they have logged in there. */
const leadToStepUp = (request: Request, response: Response): void => {
  const { browser, stepUpS = 0 } = localsOf(response);
  if (browser?.session.tokens?.isOfProvider !== true) leadTo('/account/step-up', request, response);
  else leadTo(`/bff/login/${browser.client}`, request, response, [['max_age', String(stepUpS)]]);
};

const leadTo = (
  page: string,
  request: Request,
  response: Response,
  more: readonly [string, string][] = [],
): void => {
  const query = new URLSearchParams([['return_to', returnTo(request)], ...more]);
  response.redirect(303, `${page}?${query.toString()}`);
};

/** Where to go on after a login: a form is not posted again, so to the page that it was on. */
const returnTo = ({ method, originalUrl, headers: { host, referer = '' } }: Request): string => {
  if (method === 'GET' || method === 'HEAD') return originalUrl;
  const page = URL.canParse(referer) ? new URL(referer) : undefined;
  return page && page.host === host ? page.pathname + page.search : '/';
};
