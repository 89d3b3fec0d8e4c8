import type { Refusal, Result } from '#kernel/result.ts';
import type { SizeLimit } from '../domain/purpose.ts';

/** A file on this machine, complete. */
export interface SpooledFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Its first bytes, enough to recognise its type. */
  readonly head: Uint8Array;
}

/** Files on this machine, for as long as they are worked on. */
export interface Spool {
  /**
   * Receives a file, lets `work` have it, and removes it. Receives no more than is allowed. Rejects as `source` does; throws an
   * outage if the disk is full.
   * @param limitFor the size limit, by the first bytes of the file
   */
  receive<T, R extends Refusal, Code extends string>(
    source: AsyncIterable<Uint8Array>,
    limitFor: (head: Uint8Array) => Result<SizeLimit<Code>, R>,
    work: (file: SpooledFile) => Promise<Result<T, R>>,
  ): Promise<Result<T, R | Refusal<Code>>>;
  /** Lets `work` write a file of its own, and removes it. */
  scratch<T>(work: (path: string) => Promise<T>): Promise<T>;
}
