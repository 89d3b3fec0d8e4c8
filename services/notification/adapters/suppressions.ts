import { derivedId } from '#adapters/system/derived-id.ts';
import type { Documents } from '#kernel/documents.ts';
import { afterReport, isActive, type Suppression } from '../core/domain/suppression.ts';
import type { SuppressionRepository } from '../core/ports/notification-tx.ts';

/** As the user service stores addresses. */
const normal = (email: string): string => email.trim().toLowerCase();

export const suppressionId = (email: string): string => derivedId('suppression', normal(email));

export const suppressionsIn = (documents: Documents<Suppression>): SuppressionRepository => ({
  add: async ({ email, ...report }) => {
    const id = suppressionId(email);
    const next = afterReport(id, await documents.find(id), { email: normal(email), ...report });
    if (next) await documents.save(next);
  },
  forget: async (email) => {
    const known = await documents.find(suppressionId(email));
    if (known) await documents.remove(known);
  },
  lift: async (email, now) => {
    const known = await documents.find(suppressionId(email));
    if (!isActive(known)) return false;
    await documents.save({ ...known, version: known.version + 1, liftedAt: now.toISOString() });
    return true;
  },
});
