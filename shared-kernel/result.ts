/**
 * A value the business may refuse to produce. Refusals are values; bugs and broken infrastructure throw.
 */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** What a refusal carries: a stable code of the service's error catalogue and a sentence for people. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly detail: string;
  /** Seconds after which it may be tried again, where that helps. */
  readonly retryAfterS?: number;
  /** What programs may want to know of it, by name; members of the problem over HTTP. */
  readonly more?: Readonly<Record<string, string | number>>;
  /** All that was wrong, one by one. */
  readonly errors?: readonly FieldError[];
}

/** One thing that is wrong with a request. */
export interface FieldError {
  /** JSON pointer into the request. */
  readonly pointer: string;
  readonly message: string;
  /** The item of a cart that is the matter, where one is. */
  readonly item_id?: string;
  readonly sku?: string;
  /** How many of it are wanted, and how many there are. */
  readonly requested?: number;
  readonly available?: number;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Refuses with a code of the service's error catalogue. */
export const refuse = <Code extends string>(
  code: Code,
  detail: string,
  extra: Pick<Refusal, 'errors' | 'more'> = {},
): Err<Refusal<Code>> => err({ code, detail, ...extra });
