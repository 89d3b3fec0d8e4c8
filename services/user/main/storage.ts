import type { ContainerModule } from 'inversify';
import { makeMapper } from '#adapters/postgres/mikro-orm.ts';
import type { Attachment, Toolbox } from '#adapters/service/module.ts';
import { openReplica } from '#adapters/service/replica.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { memoryErasureQueries, memoryErasures } from '../adapters/memory/memory-erasures.ts';
import {
  memoryAttemptCounters,
  memoryChallenges,
  memoryEmailProofs,
  memoryFactorQueries,
  memoryFactorRepository,
  memoryKnownPlaces,
  memoryPasswordResets,
  memorySessionQueries,
  memorySessionRepository,
  memoryUserDirectory,
  memoryUserQueries,
  memoryUserRepository,
  memoryWallets,
} from '../adapters/memory/memory-users.ts';
import { memoryViewQueries, memoryViews } from '../adapters/memory/memory-views.ts';
import { memoryWishes, memoryWishQueries } from '../adapters/memory/memory-wishes.ts';
import { memoryAuditLog, memoryAuditQueries } from '../adapters/memory/memory-audit.ts';
import { postgresAttemptCounters } from '../adapters/postgres/attempts.postgres.ts';
import { postgresErasureQueries, postgresErasures } from '../adapters/postgres/erasures.postgres.ts';
import { postgresAuditLog, postgresAuditQueries } from '../adapters/postgres/audit.postgres.ts';
import {
  postgresChallenges,
  postgresFactorQueries,
  postgresFactorRepository,
} from '../adapters/postgres/factors.postgres.ts';
import { postgresKnownPlaces } from '../adapters/postgres/known-places.postgres.ts';
import { postgresEmailProofs, postgresPasswordResets } from '../adapters/postgres/mailed-tokens.postgres.ts';
import { replicatedUserQueries, settlingUnitOfWork } from '../adapters/postgres/replicated-users.ts';
import { postgresViewQueries, postgresViews } from '../adapters/postgres/saved-views.postgres.ts';
import { postgresSessionQueries, postgresSessionRepository } from '../adapters/postgres/sessions.postgres.ts';
import { postgresUserDirectory } from '../adapters/postgres/user-directory.postgres.ts';
import {
  mikroOrmUserQueries,
  mikroOrmUserRepository,
} from '../adapters/postgres/user-repository.mikro-orm.ts';
import { AddressEntity, UserEntity } from '../adapters/postgres/user.entities.ts';
import { postgresWishes, postgresWishQueries } from '../adapters/postgres/wishes.postgres.ts';
import { postgresWallets } from '../adapters/postgres/wallets.postgres.ts';
import type { AuditQueries } from '../core/ports/audit-queries.ts';
import type {
  ErasureQueries,
  FactorQueries,
  SessionQueries,
  UserDirectory,
  UserQueries,
  ViewQueries,
  WishQueries,
} from '../core/ports/user-queries.ts';
import type { UserTx } from '../core/ports/user-tx.ts';

/** Chosen by the profile: where state is stored. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<UserTx>>('UnitOfWork'),
  /** Reads the latest committed state, for security decisions. */
  Queries: token<UserQueries>('Queries'),
  /** Reads for display, possibly from a replica; includes every confirmed change. */
  Reads: token<UserQueries>('Reads'),
  Sessions: token<SessionQueries>('Sessions'),
  Directory: token<UserDirectory>('Directory'),
  Erasures: token<ErasureQueries>('Erasures'),
  Audit: token<AuditQueries>('AuditQueries'),
  Factors: token<FactorQueries>('Factors'),
  Views: token<ViewQueries>('Views'),
  Wishes: token<WishQueries>('Wishes'),
  /** What the storage starts and stops. */
  Attachments: token<readonly Attachment[]>('Attachments'),
};

const ENTITIES = [UserEntity, AddressEntity];

export const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => ({
            users: memoryUserRepository(tx),
            sessions: memorySessionRepository(tx),
            attempts: memoryAttemptCounters(tx),
            resets: memoryPasswordResets(tx),
            proofs: memoryEmailProofs(tx),
            places: memoryKnownPlaces(tx),
            erasures: memoryErasures(tx),
            audit: memoryAuditLog(tx),
            factors: memoryFactorRepository(tx),
            challenges: memoryChallenges(tx),
            wallets: memoryWallets(tx),
            views: memoryViews(tx),
            wishes: memoryWishes(tx),
          }),
          audited,
        ),
      Queries: () => memoryUserQueries(database),
      Reads: () => memoryUserQueries(database),
      Sessions: () => memorySessionQueries(database),
      Directory: () => memoryUserDirectory(database),
      Erasures: () => memoryErasureQueries(database),
      Audit: () => memoryAuditQueries(database),
      Factors: () => memoryFactorQueries(database),
      Views: () => memoryViewQueries(database),
      Wishes: () => memoryWishQueries(database),
      Attachments: () => [],
    }),
    sql: (store) => {
      const mapper = makeMapper(store.database, ENTITIES);
      const queries = mikroOrmUserQueries(mapper);
      const unitOfWork = sqlUnitOfWork(
        toolbox,
        store,
        (tx) => ({
          users: mikroOrmUserRepository(tx, mapper),
          sessions: postgresSessionRepository(tx),
          attempts: postgresAttemptCounters(tx),
          resets: postgresPasswordResets(tx),
          proofs: postgresEmailProofs(tx),
          places: postgresKnownPlaces(tx),
          erasures: postgresErasures(tx),
          audit: postgresAuditLog(tx),
          factors: postgresFactorRepository(tx),
          challenges: postgresChallenges(tx),
          wallets: postgresWallets(tx),
          views: postgresViews(tx),
          wishes: postgresWishes(tx),
        }),
        audited,
      );
      const opened = openReplica(toolbox, store.database);
      const fromReplica = opened && mikroOrmUserQueries(makeMapper(opened.database, ENTITIES));
      return {
        UnitOfWork: () => (opened ? settlingUnitOfWork(unitOfWork, opened.replica) : unitOfWork),
        Queries: () => queries,
        Reads: () => (fromReplica ? replicatedUserQueries(opened.replica, fromReplica, queries) : queries),
        Sessions: () => postgresSessionQueries(store.database),
        Directory: () => postgresUserDirectory(store.database),
        Erasures: () => postgresErasureQueries(store.database),
        Audit: () => postgresAuditQueries(store.database),
        Factors: () => postgresFactorQueries(store.database),
        Views: () => postgresViewQueries(store.database),
        Wishes: () => postgresWishQueries(store.database),
        Attachments: () => (opened ? [opened.attachment] : []),
      };
    },
  });
