import type { SecurityLog, SecurityNote } from '#adapters/observability/security-log.ts';
import { err, type Err, type Refusal } from '#kernel/result.ts';
import type { MalwareFound } from '../../core/application/store-media.ts';

/** Notes a file that contains malware. Returns the refusal for the client, which does not learn what was found. */
export const noteMalware = <Code extends string>(
  security: SecurityLog,
  error: Refusal<Code> | MalwareFound,
  note: SecurityNote,
): Err<Refusal<Code | 'MALWARE_FOUND'>> => {
  if (!('file' in error)) return err(error);
  const { file, ...refusal } = error;
  security.note('malware_found', { ...note, details: file });
  return err(refusal);
};
