import type { Refusal, Result } from './result.ts';

export interface PageRequest {
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the page that follows; absent on the last. */
  readonly next?: string | undefined;
}

export type PageResult<T> = Result<Page<T>, Refusal<'INVALID_CURSOR'>>;
