/** No limit of requests or guesses fails a test, however slow the machine. */
export const NO_LIMITS = {
  GATEWAY_RATE_READ: '1000000000',
  GATEWAY_RATE_WRITE: '1000000000',
  GATEWAY_RATE_CHECKOUT: '1000000000',
  GATEWAY_RATE_AUTH: '1000000000',
  GATEWAY_RATE_IMPORT: '1000000000',
  GATEWAY_QUEUE_MS: '60000',
  GATEWAY_KEYED_PER_DAY: '1000000000',
  GATEWAY_STREAMS_PER_USER: '1000',
  GATEWAY_STREAMS_PER_ADDRESS: '1000',
  USER_GUESSES_PER_NETWORK: '1000000000',
};

/** Quick parcels, cheap passwords, no port that another shop may have: a test has no hours. */
export const QUICK = {
  ...NO_LIMITS,
  PAYMENT_MOCK_GATEWAY_PORT: '0',
  SHIPPING_DISPATCH_DELAY_MS: '0',
  SHIPPING_MOCK_SPEED: '5000000',
  USER_ARGON2_MEMORY_KIB: '1024',
};

/** A busy machine is no outage. */
export const PATIENT = { SHOP_CALL_TIMEOUT_MS: '30000', REDIS_TIMEOUT_MS: '30000' };
