import type { RequestHandler } from 'express';
import { middleware as openApiMiddleware } from 'express-openapi-validator';
import type { Spec } from './spec.ts';

/** IDs are accepted in any case, and compared in lower case (RFC 9562). */
const SMALL_IDS = { format: 'uuid', deserialize: (id: string): string => id.toLowerCase() };

const compiled = {
  requests: new WeakMap<Spec, RequestHandler[]>(),
  requestsAndResponses: new WeakMap<Spec, RequestHandler[]>(),
};

/**
 * The middleware that validates requests, and optionally responses, against an OpenAPI document. Compiling a document takes a
 * good part of a second, so applications of the same document share it.
 */
export const validationOf = (spec: Spec, checked: keyof typeof compiled): RequestHandler[] => {
  const known = compiled[checked].get(spec);
  if (known) return known;
  const middleware = openApiMiddleware({
    apiSpec: structuredClone(spec) as never, // the validator changes it, and its type is narrower than OpenAPI 3.1
    validateApiSpec: false,
    validateRequests: { allErrors: false },
    validateResponses: checked === 'requests' ? false : { onError: refuseWrongAnswer },
    serDes: [SMALL_IDS],
    validateSecurity: false, // `admit` has done that
  });
  compiled[checked].set(spec, middleware);
  return middleware;
};

const refuseWrongAnswer = (error: Error): never => {
  throw new Error(`the response does not match its schema: ${error.message}`, { cause: error });
};
