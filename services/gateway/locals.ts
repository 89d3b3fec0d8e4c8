import type { Request, Response } from 'express';
import type { Language } from './faces/languages.ts';
import type { Browser } from './session/browser.ts';

/** What the gateway learns about a request: kept in the `locals` of its response. */
export interface Locals {
  route?: string;
  client?: string;
  cache?: 'hit' | 'miss';
  /** The page that sent it, if it brought a session. */
  browser?: Browser | undefined;
  /** Set for requests of pages, which get pages in place of problems. */
  pageLanguage?: Language;
  /** How long ago, in seconds, the user may have proved who they are, if that was refused. */
  stepUpS?: number | undefined;
  /** For a call of the server of the pages: the visitor's address; empty for a page that all visitors share. */
  visitor?: string;
  /** Parent span of the services' spans. */
  traceparent?: string;
}

export const localsOf = ({ locals }: Pick<Response, 'locals'>): Locals => locals;

/** The client's address: that of the visitor for whose page a call is made, if it is one. */
export const addressOf = (request: Request, response: Response): string =>
  localsOf(response).visitor ?? request.ip ?? '';
