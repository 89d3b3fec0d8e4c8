/**
 * What a request may measure, whoever sends it. Each bound is checked before memory is spent on what it bounds; those of an
 * operation's own values stand in its OpenAPI file.
 */
export const LIMITS = {
  /** Bytes of the request target: path and query. 414 beyond. */
  urlBytes: 8_192,
  /** Header lines. 431 beyond, as beyond Node's own 16 KiB for all of them together. */
  headers: 100,
  /** Bytes of a body, inflated, where an operation says nothing else by `x-max-body-bytes`. 413 beyond. */
  bodyBytes: 100 * 1024,
  /** Arrays and objects inside each other in a JSON body. 400 beyond. */
  jsonDepth: 32,
  /** Connections that a server keeps open; the next ones are closed at once. */
  connections: 10_000,
} as const;
