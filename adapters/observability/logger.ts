import { openSync } from 'node:fs';
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import { currentCause } from '../context/cause.ts';
import { traceIdOf } from './traceparent.ts';

export type { Logger };

/**
 * The fields that a line may contain, besides level, time, service, message and IDs (`…_id`). Values must be strings, numbers or
 * booleans. Everything else is redacted, because it may be a secret or personal data.
 */
const FIELDS = new Set([
  'account', 'actor', 'address', 'attempts', 'audit', 'bytes', 'cache', 'carrier', 'client', 'code', 'consumer', 'err', 'event',
  'event_type', 'filter', 'head', 'id', 'key', 'kind', 'malware', 'method', 'ms', 'operation', 'path', 'picture', 'products', 'purpose',
  'service', 'session', 'sha256', 'status', 'sweep', 'why',
]); // prettier-ignore

const REDACTED = '[redacted]';

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Copies the entry only if a value must be redacted, which is rare. */
const allowed = (entry: Record<string, unknown>): Record<string, unknown> => {
  let clean: Record<string, unknown> | undefined;
  for (const name in entry) {
    const isKnown = FIELDS.has(name) || name.endsWith('_id');
    if (isKnown && (name === 'err' || isPlain(entry[name]))) continue;
    clean ??= { ...entry };
    clean[name] = REDACTED;
  }
  return clean ?? entry;
};

/** Errors of drivers carry rows, parameters and requests. */
const errorOf = (error: unknown): unknown => {
  const { type, message, stack, code } = stdSerializers.err(error as Error) as {
    readonly [name: string]: unknown;
  };
  return { type, message, stack, ...(isPlain(code) ? { code } : {}) };
};

/** Lines are buffered up to so many bytes or milliseconds; the buffer is written when the process exits or crashes. */
const GATHERED = { minLength: 4_096, periodicFlush: 100 };

/** Opened synchronously, so that a process that crashes at its start can still write its log. */
const descriptorOf = (destination: string | number): number =>
  typeof destination === 'number' ? destination : openSync(destination, 'a');

/** The request, event or task that a line is about, by which its trace is found. */
const idsOfCause = (): Record<string, string> => {
  const cause = currentCause();
  if (!cause) return {};
  const traceId = traceIdOf(cause.traceparent);
  return {
    correlation_id: cause.correlationId,
    ...(traceId === undefined ? {} : { trace_id: traceId }),
  };
};

export interface LogOptions {
  /** Absent for the root of several parts, each a child with its own. */
  readonly service?: string;
  readonly level: string;
  /** File descriptor, path or a function that receives each line; standard output by default. */
  readonly destination?: string | number | DestinationStream;
}

/** Structured logs, one JSON object per line, restricted to known fields. */
export const makeLogger = ({ service, level, destination }: LogOptions): Logger =>
  pino(
    {
      level,
      base: service === undefined ? {} : { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: allowed },
      mixin: idsOfCause,
      serializers: { err: errorOf },
    },
    typeof destination === 'object'
      ? destination
      : pino.destination({ dest: descriptorOf(destination ?? 1), sync: false, ...GATHERED }),
  );
