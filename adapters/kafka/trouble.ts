/** What errors of any library and of Node have. */
interface ErrorLike {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';

/** An error and all that it wraps, outermost first. */
const allOf = (error: unknown): readonly ErrorLike[] => {
  if (!isErrorLike(error)) return [];
  const within: readonly unknown[] = Array.isArray(error.errors) ? error.errors : [];
  return [error, ...[...within, error.cause].flatMap(allOf)];
};

/** Codes of errors, and the settings that they speak of. */
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

/** Why Kafka cannot be used, in one line that names the settings to look at; what the library said is its cause. */
export const unusable = (brokers: readonly string[], error: unknown): Error => {
  const innermost = allOf(error).toReversed();
  for (const { code: pattern, settings } of SUSPECTS) {
    const found = innermost.find(({ code }) => pattern.test(typeof code === 'string' ? code : ''));
    if (found)
      return new Error(`Kafka at ${brokers.join()}: ${found.message.trim()} (${settings})`, { cause: error });
  }
  return new Error(`Kafka at ${brokers.join()}: ${String(error)}`, { cause: error });
};
