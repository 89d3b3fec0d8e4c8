import { err, ok, type Result } from '#kernel/result.ts';
import { chain, faultOf, NO_ENTRIES, type AuditedAct, type Head, type Sha256 } from '../domain/audit.ts';
import type { AuditQueries } from '../ports/audit-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';

/**
 * Appends acts to the audit trail; if another unit is faster, the unit runs again. Entries stay for ever, but inboxes forget:
 * an act that is announced again long afterwards must not be recorded twice.
 */
export const makeRecordActs =
  (sha256: Sha256) =>
  async ({ audit }: Pick<UserTx, 'audit'>, acts: readonly AuditedAct[]): Promise<void> => {
    const byId = new Map(acts.map((act) => [act.entryId, act]));
    const known = await audit.known([...byId.keys()]);
    const fresh = [...byId.values()].filter(({ entryId }) => !known.has(entryId));
    await audit.append(chain(await audit.head(), fresh, sha256));
  };

/** The first broken place of the trail. */
export interface AuditFault {
  readonly seq: number;
  readonly what: string;
}

/** Entries that are read at once. */
const PAGE = 500;

/**
 * Checks the whole audit trail; returns its head.
 * @param noted a head that was noted elsewhere: only this shows that a trail was cut, or rewritten as a whole
 */
export const makeVerifyAudit =
  (entries: Pick<AuditQueries, 'after'>, sha256: Sha256) =>
  async (noted?: Head): Promise<Result<Head, AuditFault>> => {
    let head = NO_ENTRIES;
    for (;;) {
      const page = await entries.after(head.seq, PAGE);
      for (const entry of page) {
        const what = faultOf(head, entry, sha256);
        if (what !== undefined) return err({ seq: head.seq + 1, what });
        if (entry.seq === noted?.seq && entry.hash !== noted.hash)
          return err({ seq: entry.seq, what: 'is not the one whose hash was noted' });
        head = entry;
      }
      if (page.length < PAGE) break;
    }
    return noted !== undefined && head.seq < noted.seq
      ? err({ seq: head.seq + 1, what: `is missing, as are all up to the noted ${noted.seq}` })
      : ok({ seq: head.seq, hash: head.hash });
  };
