import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import { followBuild } from './build.ts';

/** Styles that scripts add need the nonce; scripts are files of this origin only. */
const policyFor = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** The names of assets have a hash of their content. */
const FOREVER = 'public, max-age=31536000, immutable';

/** By preference; each file is stored in all of them if that makes it smaller. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/**
 * Serves the portal where it is mounted: every path that is no asset gets the page, which knows its own addresses.
 * @param folder of the build; it may be built, and built again, after the start
 */
export const makePortal = (folder: string): Router => {
  const portal = express.Router();
  const current = followBuild(folder);
  portal.use((request, response, next) => {
    response.set(SECURITY_HEADERS);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      plain(response.set('Allow', 'GET, HEAD'), 405, 'Only GET and HEAD are supported.');
    else if (current()) next();
    else plain(response.set('Retry-After', '5'), 503, 'The admin portal is not built yet: npm run faces');
  });
  portal.get('/assets/:name', (request, response) => {
    sendAsset(request, response, join(folder, 'assets'), current()?.assets);
  });
  portal.get('/{*path}', (_request, response) => {
    const nonce = randomBytes(16).toString('base64');
    response
      .set('Content-Security-Policy', policyFor(nonce))
      .set('Cache-Control', 'no-cache')
      .type('html')
      .send(current()?.page(nonce));
  });
  return portal;
};

const sendAsset = (
  request: Request<{ name: string }>,
  response: Response,
  root: string,
  assets: ReadonlySet<string> = new Set(),
): void => {
  const { name } = request.params;
  if (!assets.has(name)) {
    plain(response, 404, 'There is no such file.');
    return;
  }
  const encoding = ENCODINGS.find(
    (one) => assets.has(name + one.ending) && request.acceptsEncodings(one.name) === one.name,
  );
  response.set('Cache-Control', FOREVER).vary('Accept-Encoding').type(name);
  if (encoding) response.set('Content-Encoding', encoding.name);
  response.sendFile(name + (encoding?.ending ?? ''), { root, cacheControl: false });
};

const plain = (response: Response, status: number, text: string): void => {
  response.set('Cache-Control', 'no-store').status(status).type('text').send(`${text}\n`);
};
