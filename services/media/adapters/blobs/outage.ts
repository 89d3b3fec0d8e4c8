import { Outage } from '#adapters/resilience/policy.ts';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The disk is full, or cannot be written to: it is not the request's fault, and may pass. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** Rejects with an `Outage` if the disk is full. */
export const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw FULL.has(codeOf(error)) ? new Outage('the disk does not take the file', { cause: error }) : error;
  }
};
