import type { IdempotencyKey } from '#kernel/idempotency.ts';
import type { Err, Refusal } from '#kernel/result.ts';
import type { Principal } from '../auth/principal.ts';
import type { JsonText } from './json-text.ts';
import type { MultipartForm } from './multipart.ts';
import type { CommonCode } from './problem.ts';

/** The shape in which openapi-typescript describes an operation. */
interface Operation {
  parameters: { query?: unknown; path?: unknown; header?: unknown };
  requestBody?: unknown;
  responses: object;
}

type Content<Body> = Body extends { content: infer Types }
  ? '*/*' extends keyof Types
    ? AsyncIterable<Uint8Array>
    : 'multipart/form-data' extends keyof Types
      ? MultipartForm
      : 'application/octet-stream' extends keyof Types
        ? Uint8Array
        : Types[keyof Types]
  : undefined;

type BodyOf<O> = O extends { requestBody: infer Body }
  ? Content<Body>
  : O extends { requestBody?: infer Body }
    ? Content<Exclude<Body, undefined>> | undefined
    : undefined;

type Parameters<O extends Operation, In extends 'query' | 'path' | 'header'> = Exclude<
  O['parameters'][In],
  undefined
>;

/** Node lower-cases the names of headers; descriptions spell them as usual. */
type InLowerCase<Headers> = { readonly [Name in keyof Headers as Lowercase<Name & string>]: Headers[Name] };

/** A request validated against the description of its operation. */
export interface Request<O extends Operation> {
  readonly path: Parameters<O, 'path'>;
  readonly query: Parameters<O, 'query'>;
  readonly headers: InLowerCase<Parameters<O, 'header'>>;
  readonly body: BodyOf<O>;
  /** The body as received, for the check of a signature. */
  readonly raw: Uint8Array | undefined;
  /** The caller; a guest if the operation needs no token and none was sent. */
  readonly principal: Principal;
  /** The client's IP address, as the gateway saw it. */
  readonly address: string;
  /** Present when the client sent an `Idempotency-Key`. */
  readonly idempotency: IdempotencyKey | undefined;
  /** The version named by `If-Match`. */
  readonly ifMatch: number | undefined;
  /** Aborted when the client disconnects; for a stream, also when its token ends. */
  readonly signal: AbortSignal;
}

/** A body that is not JSON: text, bytes, or a stream of them. */
type RawBody = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** A response of any type names its own. */
type FileType<Types> = '*/*' extends keyof Types ? string : never;

type JsonBody<Body> = Body | JsonText<Body>;

type AnswerBody<Response> = Response extends { content: infer Types }
  ? 'application/json' extends keyof Types
    ? { readonly body: JsonBody<Types['application/json' & keyof Types]> }
    : { readonly body: RawBody; readonly type?: (keyof Types & string) | FileType<Types> }
  : { readonly body?: undefined };

/** One of the operation's successful responses. */
export type Answer<O extends Operation> = {
  [Status in keyof O['responses'] & number]: `${Status}` extends `2${string}` | `3${string}`
    ? { readonly status: Status; readonly headers?: Readonly<Record<string, string>> } & AnswerBody<
        O['responses'][Status]
      >
    : never;
}[keyof O['responses'] & number];

/** Handles an operation, or refuses with a code of the service's catalogue. Never sees Express. */
export type Handler<O extends Operation, Code extends string> = (
  request: Request<O>,
) => Promise<Answer<O> | Err<Refusal<Code | CommonCode>>>;

/** Every operation of a spec has its handler, and no other. */
export type Handlers<Operations, Code extends string = never> = {
  readonly [Id in keyof Operations]: Operations[Id] extends Operation ? Handler<Operations[Id], Code> : never;
};

/**
 * `ETag` of a version.
 * @param besides the version of what the answer shows besides, and `If-Match` does not ask for
 */
export const etag = (version: number, besides?: number): string =>
  besides === undefined ? `"${version}"` : `"${version}.${besides}"`;
