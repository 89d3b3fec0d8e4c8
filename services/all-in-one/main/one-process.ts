/**
 * Places at the gateway where everything shares one event loop, and PGlite one connection: more at once makes no request
 * faster and all of them later. Whatever the environment says wins.
 */
export const ONE_PROCESS: Readonly<Record<string, string>> = {
  GATEWAY_PLACES_READ: '16',
  GATEWAY_PLACES_WRITE: '8',
  GATEWAY_PLACES_CHECKOUT: '8',
  GATEWAY_PLACES_AUTH: '4',
};
