import { parse } from 'node:querystring';
import { parse as parseUrl } from 'node:url';
import { middleware } from 'express-openapi-validator';
import type { Asked } from './exchange.ts';
import { pathOf } from './exchange.ts';
import type { Endpoint } from './endpoint.ts';
import { JsonText } from './json-text.ts';
import { isDay, isMoment } from './moment.ts';
import type { Spec } from './spec.ts';

/**
 * The validator calls `url.parse` for each request. Until Node has warned of it once, it walks the stack of every call to find out
 * whether the caller is a package, for which it does not warn.
 */
const endStackWalks = (): void => {
  const before = process.noDeprecation ?? false;
  process.noDeprecation = true;
  parseUrl('/'); // oxlint-disable-line typescript/no-deprecated -- as the validator does
  process.noDeprecation = before;
};
endStackWalks();

/** IDs are accepted in any case, and compared in lower case (RFC 9562). */
const SMALL_IDS = { format: 'uuid', deserialize: (id: string): string => id.toLowerCase() };

/** The parts of express-openapi-validator, by their function names. */
const PARTS = {
  prepare: 'pathParamsMiddleware',
  describe: 'metadataMiddleware',
  check: 'requestMiddleware',
  watch: 'responseMiddleware',
} as const;

/** The validator's metadata of a request. */
interface Documented {
  readonly schema: { readonly operationId: string };
  readonly pathParams: Readonly<Record<string, string>>;
}

/** The part of Express's request that the validator reads. */
class Request {
  readonly app = { param: (): void => undefined, enabled: (): boolean => false };
  readonly baseUrl = '';
  readonly method: string;
  readonly originalUrl: string;
  readonly path: string;
  readonly headers: Asked['headers'];
  readonly body: unknown;
  readonly #query: object;
  params: Readonly<Record<string, string>> = {};
  openapi: Documented | undefined;

  constructor({ match, target, headers }: Asked, body: unknown, openapi: Documented | undefined) {
    this.method = match.route.method;
    this.originalUrl = target;
    this.path = pathOf(target);
    this.headers = { ...headers }; // the validator writes numbers into them
    this.body = body;
    this.#query = parse(target.slice(this.path.length + 1));
    this.openapi = openapi;
  }

  get query(): object {
    return this.#query;
  }
}

interface Response {
  readonly statusCode: number;
  readonly headersSent: false;
  readonly getHeaders: () => Readonly<Record<string, string>>;
  json: (body: unknown) => void;
}

type Part = (request: Request, response: Partial<Response>, next: (error?: unknown) => void) => unknown;

/** A valid request, with numbers parsed and defaults filled in. */
export interface Checked {
  readonly path: Readonly<Record<string, string>>;
  readonly query: object;
  readonly headers: Asked['headers'];
  readonly body: unknown;
  /** Throws if a JSON response violates its schema; does nothing unless responses are validated. */
  readonly answer: (status: number, contentType: string, body: unknown) => Promise<void>;
}

/** Validates requests, and optionally responses, against the OpenAPI file. Rejects as express-openapi-validator does. */
export type Validation = (asked: Asked, body: unknown) => Promise<Checked>;

const run = async (part: Part, request: Request, response: Partial<Response> = {}): Promise<void> => {
  const failure = await new Promise<unknown>((resolve) => {
    part(request, response, resolve);
  });
  if (failure !== undefined) throw failure as Error;
};

const refuseWrongAnswer = (error: Error): never => {
  throw new Error(`the response does not match its schema: ${error.message}`, { cause: error });
};

const compiled = {
  requests: new WeakMap<Spec, Compiled>(),
  requestsAndResponses: new WeakMap<Spec, Compiled>(),
};

interface Compiled {
  readonly prepare: Part;
  readonly describe: Part;
  readonly check: Part;
  /** Undefined where responses are not validated. */
  readonly watch: Part | undefined;
}

/** Compiling a document takes a tenth of a second, so applications of the same document share it, from the first request on. */
const compile = (spec: Spec, checked: keyof typeof compiled): Compiled => {
  const known = compiled[checked].get(spec);
  if (known) return known;
  const parts = middleware({
    apiSpec: structuredClone(spec) as never, // the validator changes it, and its type is narrower than OpenAPI 3.1
    validateApiSpec: false,
    validateRequests: { allErrors: false },
    validateResponses: checked === 'requests' ? false : { onError: refuseWrongAnswer },
    serDes: [SMALL_IDS],
    formats: {
      date: { type: 'string', validate: isDay },
      'date-time': { type: 'string', validate: isMoment },
    },
    validateSecurity: false, // callers are admitted before a body is read
    fileUploader: false,
  }) as unknown as readonly Part[];
  const part = (name: keyof typeof PARTS): Part => {
    const found = parts.find((one) => one.name === PARTS[name]);
    if (!found) throw new Error(`express-openapi-validator no longer has a part ${PARTS[name]}`);
    return found;
  };
  const made = {
    prepare: part('prepare'),
    describe: part('describe'),
    check: part('check'),
    watch: checked === 'requests' ? undefined : part('watch'),
  };
  compiled[checked].set(spec, made);
  return made;
};

/**
 * express-openapi-validator without Express, for every transport. It finds an operation by compiling and matching the patterns
 * of all, which is most of its cost; here that is done once per operation.
 */
export const makeValidation = (spec: Spec, validateResponses: boolean): Validation => {
  const parts = (): Compiled => compile(spec, validateResponses ? 'requestsAndResponses' : 'requests');
  const known = new Map<Endpoint, Documented>();

  const documented = async (request: Request, { route, params }: Asked['match']): Promise<Documented> => {
    const found = known.get(route);
    if (found && !request.path.includes('%')) return { ...found, pathParams: { ...params } };
    const { prepare, describe } = parts();
    await run(prepare, request);
    await run(describe, request);
    const { openapi } = request;
    const { operationId } = route.operation;
    // The router decided who may call, the validator decides what may be sent.
    if (openapi?.schema.operationId !== operationId)
      throw new Error(`${operationId} was recognised as ${openapi?.schema.operationId ?? 'nothing'}`);
    known.set(route, openapi);
    return openapi;
  };

  return async (asked, body) => {
    const request = new Request(asked, body, undefined);
    const openapi = await documented(request, asked.match);
    request.openapi = openapi;
    const { check, watch } = parts();
    await run(check, request);
    return {
      path: openapi.pathParams,
      query: request.query,
      headers: request.headers,
      body: request.body,
      answer: async (statusCode, contentType, answered) => {
        if (!watch) return;
        const getHeaders = () => ({ 'content-type': contentType });
        const response: Response = { statusCode, headersSent: false, getHeaders, json: () => undefined };
        let failure: unknown;
        await new Promise<void>((resolve) => {
          watch(request, response, (error) => {
            failure ??= error;
            resolve();
          });
        });
        response.json(answered instanceof JsonText ? JSON.parse(answered.text) : answered);
        if (failure !== undefined) throw failure as Error;
      },
    };
  };
};
