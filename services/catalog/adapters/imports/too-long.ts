import { refuse, type Refusal } from '#kernel/result.ts';
import { MOST_ROWS } from './limits.ts';

export type TooLong = Refusal<'PAYLOAD_TOO_LARGE'>;

export const TOO_LONG = refuse(
  'PAYLOAD_TOO_LARGE',
  `The file has more than ${MOST_ROWS} rows; send it in parts.`,
);
