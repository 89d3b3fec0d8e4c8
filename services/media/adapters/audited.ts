import { auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Asset } from '../core/domain/asset.ts';
import type { MediaTx } from '../core/ports/media-tx.ts';

/** What the audit trail shows of media once its file has been checked: whose it is, what for, and the checksum of the file. */
export const audited: Audited<Omit<MediaTx, keyof BaseTx>> = {
  service: 'media',
  repositories: {
    assets: auditedRecords<Asset>({
      kind: 'media',
      idOf: ({ id }) => id,
      versionOf: ({ version }) => version,
      show: ({ version, ownerId, purpose, status, sha256 }) =>
        status === 'pending' ? undefined : { version, ownerId, purpose, status, sha256 },
    }),
  },
};
