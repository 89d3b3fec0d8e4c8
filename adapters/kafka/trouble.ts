/** The common shape of errors of Node and libraries. */
interface ErrorLike {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';

/** An error and its causes, outermost first. */
const allOf = (error: unknown): readonly ErrorLike[] => {
  if (!isErrorLike(error)) return [];
  const within: readonly unknown[] = Array.isArray(error.errors) ? error.errors : [];
  return [error, ...[...within, error.cause].flatMap(allOf)];
};

/** Error codes, and the settings that cause them. */
const SUSPECTS = [
  {
    code: /^PLT_KFK_AUTHENTICATION$/,
    settings: 'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD',
  },
  {
    code: /SSL|TLS|CERT|VERIFY|^PLT_KFK_USER$/,
    settings: 'KAFKA_TLS, KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY',
  },
  { code: /^/, settings: 'KAFKA_BROKERS' },
];

/** Why Kafka is unusable, in one line that names the settings to check; its cause is the library's error. */
export const unusable = (brokers: readonly string[], error: unknown): Error => {
  const innermost = allOf(error).toReversed();
  for (const { code: pattern, settings } of SUSPECTS) {
    const found = innermost.find(({ code }) => pattern.test(typeof code === 'string' ? code : ''));
    if (found)
      return new Error(`Kafka at ${brokers.join()}: ${found.message.trim()} (${settings})`, { cause: error });
  }
  return new Error(`Kafka at ${brokers.join()}: ${String(error)}`, { cause: error });
};
