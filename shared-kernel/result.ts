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
  /** What of the request is wrong, where that is more than its whole. */
  readonly errors?: readonly FieldError[];
}

/** One thing wrong with a request: where (JSON pointer) and what. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Refuses with a code of the service's error catalogue. */
export const refuse = <Code extends string>(code: Code, detail: string): Err<Refusal<Code>> =>
  err({ code, detail });
