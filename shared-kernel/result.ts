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

/** A stable code of the service's error catalogue and a sentence for people. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly detail: string;
  /** Seconds to wait before a retry, if a retry can help. */
  readonly retryAfterS?: number;
  /** Further data for programs; members of the problem over HTTP. */
  readonly more?: Readonly<Record<string, string | number>>;
  /** All faults. */
  readonly errors?: readonly FieldError[];
}

/** A fault in a request. */
export interface FieldError {
  /** JSON pointer into the request. */
  readonly pointer: string;
  readonly message: string;
  /** The item in the cart, if the fault concerns one. */
  readonly itemId?: string;
  readonly sku?: string;
  /** Units requested and available. */
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
