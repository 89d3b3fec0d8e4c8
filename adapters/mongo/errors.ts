import {
  MongoDriverError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { StoreUnavailable } from '../messaging/stores.ts';
import { DuplicateDocument } from './duplicate-document.ts';

const DUPLICATE_KEY = 11_000;
/** Not (or no longer) the primary, shutting down, out of time, or (1) failing internally, like FerretDB without its PostgreSQL. */
const GOING = new Set([1, 6, 7, 50, 89, 91, 189, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436]);

const isAway = (error: Error): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoTopologyClosedError ||
  (error instanceof MongoDriverError && error.name === 'MongoWaitQueueTimeoutError') ||
  (error instanceof MongoServerError && GOING.has(Number(error.code)));

/** Translates errors of the driver into those of the platform. */
export const translated = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return new DuplicateDocument(error);
  return isAway(error) ? new StoreUnavailable(`MongoDB: ${error.message}`, { cause: error }) : error;
};
