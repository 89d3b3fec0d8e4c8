/** A page, and the row after it. */
const MOST_ROWS = 101;

/**
 * The first rows of a select, at most as many as a parameter says, and never more than a page may have. With a limit that is only a parameter,
 * PostgreSQL expects to return a tenth of all rows, finds a plan for the very value cheaper, and so plans each execution again: in a large
 * table that takes longer than to read the page. The constant tells it how few rows are read.
 * @param limit such as `$3`
 */
export const firstRows = (select: string, limit: string): string =>
  `select * from (${select} limit ${MOST_ROWS}) as page limit ${limit}`;
