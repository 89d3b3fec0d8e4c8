/**
 * Defaults for services that share one event loop, and with PGlite one connection: fewer concurrent requests at the gateway,
 * since more would only slow down all of them, and longer timeouts, because upstreams are as busy as their callers. The
 * environment takes precedence.
 */
export const ONE_PROCESS: Readonly<Record<string, string>> = {
  GATEWAY_PLACES_READ: '16',
  GATEWAY_PLACES_WRITE: '8',
  GATEWAY_PLACES_CHECKOUT: '8',
  GATEWAY_PLACES_AUTH: '4',
  SHOP_CALL_TIMEOUT_MS: '5000',
};
