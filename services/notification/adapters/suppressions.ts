import { derivedId } from '#adapters/system/derived-id.ts';
import type { Documents } from '#kernel/documents.ts';
import type { Suppression } from '../core/domain/suppression.ts';
import type { SuppressionRepository } from '../core/ports/notification-tx.ts';

/** Addresses are compared as the user service stores them. */
export const suppressionId = (email: string): string => derivedId('suppression', email.trim().toLowerCase());

export const suppressionsIn = (documents: Documents<Suppression>): SuppressionRepository => ({
  find: (email) => documents.find(suppressionId(email)),
  add: async ({ email, reason, since }) => {
    const id = suppressionId(email);
    if (await documents.find(id)) return;
    await documents.save({ id, version: 1, email: email.trim().toLowerCase(), reason, since });
  },
  remove: async (email) => {
    const known = await documents.find(suppressionId(email));
    if (known) await documents.remove(known);
  },
});
