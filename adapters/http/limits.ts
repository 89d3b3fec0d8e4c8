/**
 * Limits on every request. Each is checked before memory is spent; limits on the values of an operation are in its OpenAPI file.
 */
export const LIMITS = {
  /** Bytes of the request target: path and query. 414 beyond. */
  urlBytes: 8_192,
  /** Header lines. 431 beyond, as beyond Node's limit of 16 KiB for all headers. */
  headers: 100,
  /** Inflated bytes of a body, unless the operation has `x-max-body-bytes`. 413 beyond. */
  bodyBytes: 100 * 1024,
  /** Nesting of arrays and objects in a JSON body. 400 beyond. */
  jsonDepth: 32,
  /** Open connections of a server; further ones are closed at once. */
  connections: 10_000,
} as const;
