/** Where the files of the lake are. */
export interface LakeFiles {
  /**
   * Stores a file of this machine, which may be moved, completely or not at all; replaces one that exists.
   * @param key with slashes
   * @param path of the file
   */
  put(key: string, path: string): Promise<void>;
}
