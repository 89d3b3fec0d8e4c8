/** Part of a file, in bytes from 0; both ends are included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Files by key. A file is stored completely or not at all. Throws an outage if the storage is away or full. */
export interface BlobStore {
  /**
   * Stores a file of this machine, which may be moved; replaces one that exists.
   * @param path of the file
   */
  put(key: string, path: string, type: string): Promise<void>;
  /** Its size in bytes; undefined if there is none. */
  sizeOf(key: string): Promise<number | undefined>;
  /** Its content, read as it is consumed; fails, at the latest at the first chunk, if there is none. */
  open(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** Keys without a file are ignored. */
  remove(keys: readonly string[]): Promise<void>;
  /** The keys that begin with a prefix, in no particular order. */
  list(prefix: string): AsyncIterable<string>;
}
