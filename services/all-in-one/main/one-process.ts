/**
 * Where everything shares one event loop, and PGlite one connection: fewer places at the gateway, since more at once makes no
 * request faster and all of them later; and more patience with neighbours, who are as busy as whoever asks them. Whatever the
 * environment says wins.
 */
export const ONE_PROCESS: Readonly<Record<string, string>> = {
  GATEWAY_PLACES_READ: '16',
  GATEWAY_PLACES_WRITE: '8',
  GATEWAY_PLACES_CHECKOUT: '8',
  GATEWAY_PLACES_AUTH: '4',
  SHOP_CALL_TIMEOUT_MS: '5000',
};
