const TRACEPARENT = /^00-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$/;

/** What a W3C trace context says; undefined if it is invalid. */
export const partsOf = (
  traceparent: string | undefined,
): Readonly<Partial<Record<'traceId' | 'spanId' | 'flags', string>>> | undefined =>
  TRACEPARENT.exec(traceparent ?? '')?.groups;

/** W3C trace context; undefined if invalid. */
export const asTraceparent = (given: string | undefined): string | undefined =>
  partsOf(given) ? given : undefined;

export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  partsOf(traceparent)?.traceId;
