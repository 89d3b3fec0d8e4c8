import type { ContainerModule } from 'inversify';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { documentsIn, queriesIn } from '../adapters/documents.ts';
import type { MediaQueries, MediaTx } from '../core/ports/media-tx.ts';

/** What the profile decides: where the records are. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<MediaTx>>('UnitOfWork'),
  Queries: token<MediaQueries>('MediaQueries'),
};

export const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => documentsIn((kind) => memoryDocuments(tx, kind)),
          audited,
        ),
      Queries: () => queriesIn((kind) => memoryDocumentQueries(database, kind)),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => documentsIn((kind) => postgresDocuments(tx, store.schema, kind)),
          audited,
        ),
      Queries: () => queriesIn((kind) => postgresDocumentQueries(store.database, store.schema, kind)),
    }),
  });
