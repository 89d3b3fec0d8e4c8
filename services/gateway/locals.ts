import type { Browser } from './session/browser.ts';

/** What the gateway learns about a request: kept in the `locals` of its response. */
export interface Locals {
  route?: string;
  client?: string;
  cache?: 'hit' | 'miss';
  /** The page that sent it, if it brought a session. */
  browser?: Browser | undefined;
  /** Parent span of the services' spans. */
  traceparent?: string;
}
