import { ContainerModule } from 'inversify';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Toolbox } from '#adapters/service/module.ts';
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
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => documentsIn((kind) => memoryDocuments(tx, kind)),
          audited,
        ),
      );
      bind(Storage.Queries).toResolvedValue(() => queriesIn((kind) => memoryDocumentQueries(database, kind)));
    } else {
      const { database, schema } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => documentsIn((kind) => postgresDocuments(tx, schema, kind)),
          audited,
        ),
      );
      bind(Storage.Queries).toResolvedValue(() =>
        queriesIn((kind) => postgresDocumentQueries(database, schema, kind)),
      );
    }
  });
