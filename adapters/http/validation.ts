import type { RequestHandler } from 'express';
import { middleware as openApiMiddleware } from 'express-openapi-validator';
import type { Spec } from './spec.ts';

/** Ids come in any case, and are kept and compared in one: RFC 9562. */
const SMALL_IDS = { format: 'uuid', deserialize: (id: string): string => id.toLowerCase() };

const compiled = {
  requests: new WeakMap<Spec, RequestHandler[]>(),
  requestsAndResponses: new WeakMap<Spec, RequestHandler[]>(),
};

/**
 * The middleware that checks requests, and responses where wanted, against an OpenAPI document. Compiling a document takes
 * a good part of a second, so applications of one document share it.
 */
export const validationOf = (spec: Spec, checked: keyof typeof compiled): RequestHandler[] => {
  const known = compiled[checked].get(spec);
  if (known) return known;
  const middleware = openApiMiddleware({
    apiSpec: structuredClone(spec) as never, // it is rewritten; and its own type is narrower than OpenAPI 3.1
    validateApiSpec: false,
    validateRequests: { allErrors: false },
    validateResponses: checked === 'requests' ? false : { onError: refuseWrongAnswer },
    serDes: [SMALL_IDS],
    validateSecurity: false, // `admit` has seen to it
  });
  compiled[checked].set(spec, middleware);
  return middleware;
};

const refuseWrongAnswer = (error: Error): never => {
  throw new Error(`the response does not match its schema: ${error.message}`, { cause: error });
};
