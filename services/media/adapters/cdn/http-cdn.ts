import type { Cdn } from '../../core/ports/tools.ts';

export interface CdnOptions {
  /** Receives `{ "urls": […] }` by POST. */
  readonly purgeUrl: string;
  /** Of the header Authorization, if there is one. */
  readonly authorization: string | undefined;
  readonly urlOf: (name: string) => string;
}

/** Files are in no cache that must be told. */
export const noCdn: Cdn = { purge: () => Promise.resolve() };

const TIMEOUT_MS = 10_000;

/** A content delivery network, or what stands before it and speaks its language. Rejects unless it accepts. */
export const httpCdn = ({ purgeUrl, authorization, urlOf }: CdnOptions): Cdn => ({
  purge: async (names) => {
    const response = await fetch(purgeUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({ urls: names.map(urlOf) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the CDN answered ${response.status}`);
  },
});
