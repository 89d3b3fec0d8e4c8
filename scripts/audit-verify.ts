/**
 * `npm run audit:verify`: checks the audit trail in the database of the user service, which `DATABASE_URL` names, or else in the data
 * folder `DATA_DIR` of a shop that does not run now. `-- --head SEQ:HASH`: also that the trail still has a head that was noted in the
 * security log; only this shows that it was cut, or rewritten as a whole. Exits with 1 if the trail is broken.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { verifyAuditIn } from '#user/main/audit.ts';
import { onUserDatabase } from './lib/user-database.ts';

const Noted = z
  .string()
  .regex(/^\d{1,15}:[0-9a-f]{64}$/, '--head is SEQ:HASH, as noted in the security log')
  .transform((text) => {
    const [seq = '', hash = ''] = text.split(':');
    return { seq: Number(seq), hash };
  });

try {
  const { values } = parseArgs({ options: { head: { type: 'string' } } });
  const noted = Noted.optional().safeParse(values.head);
  if (!noted.success) throw new Error(noted.error.issues[0]?.message);
  const verified = await onUserDatabase((database) => verifyAuditIn(database)(noted.data));
  if (!verified.ok)
    throw new Error(`The audit trail is broken: entry ${verified.error.seq} ${verified.error.what}.`);
  const { seq, hash } = verified.value;
  console.log(`All ${seq} entries of the audit trail are as they were written. Head: ${seq}:${hash}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
