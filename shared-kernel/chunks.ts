/** Pieces of files, each stored under its owner, a kind and a number. Outside units of work: writing one again changes nothing. */
export interface Chunks {
  /** @param owner a UUID @param bytes at most 1 MiB */
  put(owner: string, kind: string, number: number, bytes: Uint8Array): Promise<void>;
  /** At most `limit` chunks with higher numbers, in order. */
  after(owner: string, kind: string, number: number, limit: number): Promise<readonly Chunk[]>;
  /** Removes the chunks of a kind, or of all kinds, from a number on. */
  remove(owner: string, kind?: string, from?: number): Promise<void>;
}

export interface Chunk {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** Before the first number. */
export const START = -1;
