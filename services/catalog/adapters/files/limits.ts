/** What a file may hold at most; checked before it costs memory. Its size is limited by the HTTP edge. */

/** A longer file is to be sent in parts. */
export const MOST_ROWS = 50_000;
/** Quoted text may go on over several lines. */
export const MOST_LINES = 10 * MOST_ROWS;
/** Characters; as long as a product may be that comes alone. */
export const LONGEST_ROW = 256 * 1024;
export const LONGEST_HEAD = 16 * 1024;
export const MOST_COLUMNS = 200;
/** Rows that an answer tells of; the others are counted. */
export const MOST_REPORTED = 1_000;
/** Characters of a reason why a row was rejected. */
export const LONGEST_REASON = 300;
