import type { RequestHandler } from 'express';

/**
 * The admin portal, on one host only: a script in the storefront must not share its origin.
 * @param host with its port; every host if undefined
 */
export const onlyOnHost =
  (host: string | undefined, portal: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (host !== undefined && request.headers.host !== host) next();
    else portal(request, response, next);
  };
