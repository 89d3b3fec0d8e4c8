/** Limits of a file, checked before memory is spent. The HTTP edge limits its size. */

/** A longer file must be sent in parts. */
export const MOST_ROWS = 50_000;
/** Quoted text may span several lines. */
export const MOST_LINES = 10 * MOST_ROWS;
/** Characters; as long as a product in its own request may be. */
export const LONGEST_ROW = 256 * 1024;
/** Characters of a line of JSON in a file that is uploaded in parts: a product that grew by many changes fits. */
export const LONGEST_LINE = 4 * 1024 * 1024;
export const LONGEST_HEAD = 16 * 1024;
export const MOST_COLUMNS = 200;
/** Rows that a report lists; the others are counted. */
export const MOST_REPORTED = 1_000;
/** Characters of a reason why a row was rejected. */
export const LONGEST_REASON = 300;

/** Of a file that is uploaded in parts: rows, and SKUs in JSON Lines. */
export const MOST_FILE_ROWS = 2_000_000;
/** Bytes after decompression. */
export const MOST_FILE_BYTES = 2 * 1024 ** 3;
/** Rows of one product. */
export const MOST_GROUP_ROWS = 100;
export const MOST_SAMPLES = 3;
/** Characters of a sample. */
export const LONGEST_SAMPLE = 100;
