import { PARTICIPATIONS, PURCHASES, QUESTIONS, RATINGS, REVIEWS } from '../kinds.ts';
import { OWES, recordCollection } from './records.mongo.ts';

/** An index for each order in which reviews are listed. */
export const collections = [
  recordCollection(
    REVIEWS,
    ['product_id', 'status', 'created_at'],
    ['product_id', 'status', 'score'],
    ['product_id', 'status', 'rating'],
    ['user_id', 'created_at'],
    ['waits', 'created_at'],
    ['status', 'created_at'],
    ['mark_1', 'created_at'],
    ['mark_2', 'created_at'],
    ['mark_3', 'created_at'],
    ['mark_4', 'created_at'],
    [OWES],
  ),
  recordCollection(QUESTIONS, ['product_id', 'status', 'created_at'], ['waits', 'created_at'], ['people']),
  recordCollection(PURCHASES, ['user_id']),
  recordCollection(RATINGS),
  recordCollection(PARTICIPATIONS, ['user_id']),
];
