import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Fields that are never logged, at any depth. */
const SECRETS = [
  'password',
  'current_password',
  'new_password',
  'token',
  'access_token',
  'refresh_token',
  'authorization',
  'cookie',
  'x-cart-token',
  'cart_token',
  'payment_token',
  'pan',
  'cvc',
];

export interface LogOptions {
  /** Absent for the root of several parts, each a child with its own. */
  readonly service?: string;
  readonly level: string;
  /** File descriptor, path or a function that receives each line; standard output by default. */
  readonly destination?: string | number | DestinationStream;
}

/** Structured logs, one JSON object per line, secrets redacted. */
export const makeLogger = ({ service, level, destination }: LogOptions): Logger =>
  pino(
    {
      level,
      base: service === undefined ? {} : { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    typeof destination === 'object' ? destination : pino.destination({ dest: destination ?? 1, sync: false }),
  );
