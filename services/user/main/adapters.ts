import { ContainerModule } from 'inversify';
import { makeUserSigner } from '#adapters/auth/user-tokens.ts';
import { makeMapper } from '#adapters/postgres/mikro-orm.ts';
import type { Attachment, Toolbox } from '#adapters/service/module.ts';
import { openReplica } from '#adapters/service/replica.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  memoryAttemptCounters,
  memoryKnownPlaces,
  memoryPasswordResets,
  memorySessionRepository,
  memoryUserQueries,
  memoryUserRepository,
} from '../adapters/memory/memory-users.ts';
import { postgresAttemptCounters } from '../adapters/postgres/attempts.postgres.ts';
import { postgresKnownPlaces } from '../adapters/postgres/known-places.postgres.ts';
import { postgresPasswordResets } from '../adapters/postgres/password-resets.postgres.ts';
import { replicatedUserQueries, settlingUnitOfWork } from '../adapters/postgres/replicated-users.ts';
import { postgresSessionRepository } from '../adapters/postgres/sessions.postgres.ts';
import {
  mikroOrmUserQueries,
  mikroOrmUserRepository,
} from '../adapters/postgres/user-repository.mikro-orm.ts';
import { AddressEntity, UserEntity } from '../adapters/postgres/user.entities.ts';
import { argon2Passwords } from '../adapters/security/argon2-passwords.ts';
import { jwtAccessTokens } from '../adapters/security/jwt-access-tokens.ts';
import { keyedSecrets } from '../adapters/security/keyed-secrets.ts';
import { listedCommonPasswords } from '../adapters/security/listed-common-passwords.ts';
import type { CommonPasswords, Passwords } from '../core/ports/passwords.ts';
import type { AccessTokens, Secrets } from '../core/ports/tokens.ts';
import type { UserQueries } from '../core/ports/user-queries.ts';
import type { UserTx } from '../core/ports/user-tx.ts';
import type { UserConfig } from './config.ts';

export const UnitOfWorkPort = token<UnitOfWork<UserTx>>('UnitOfWork');
/** Reads the latest committed state, for security decisions. */
export const QueriesPort = token<UserQueries>('UserQueries');
/** Reads for display, possibly from a replica; includes every confirmed change. */
export const ReadsPort = token<UserQueries>('UserReads');
/** Resources that a storage starts and stops. */
export const StoragePort = token<readonly Attachment[]>('StorageAttachments');
export const PasswordsPort = token<Passwords>('Passwords');
export const AccessTokensPort = token<AccessTokens>('AccessTokens');
export const SecretsPort = token<Secrets>('Secrets');
export const CommonPasswordsPort = token<CommonPasswords>('CommonPasswords');

const ENTITIES = [UserEntity, AddressEntity];

/** The storage of accounts in this profile. */
const storage = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(UnitOfWorkPort).toResolvedValue(() =>
        memoryUnitOfWork(toolbox, database, (tx) => ({
          users: memoryUserRepository(tx),
          sessions: memorySessionRepository(tx),
          attempts: memoryAttemptCounters(tx),
          resets: memoryPasswordResets(tx),
          places: memoryKnownPlaces(tx),
        })),
      );
      bind(QueriesPort).toResolvedValue(() => memoryUserQueries(database));
      bind(ReadsPort).toResolvedValue(() => memoryUserQueries(database));
      bind(StoragePort).toConstantValue([]);
    } else {
      const mapper = makeMapper(store.database, ENTITIES);
      const queries = mikroOrmUserQueries(mapper);
      const opened = openReplica(toolbox, store.database);
      const unitOfWork = sqlUnitOfWork(toolbox, store, (tx) => ({
        users: mikroOrmUserRepository(tx, mapper),
        sessions: postgresSessionRepository(tx),
        attempts: postgresAttemptCounters(tx),
        resets: postgresPasswordResets(tx),
        places: postgresKnownPlaces(tx),
      }));
      bind(QueriesPort).toConstantValue(queries);
      if (opened) {
        const { replica, database, attachment } = opened;
        const fromReplica = mikroOrmUserQueries(makeMapper(database, ENTITIES));
        bind(UnitOfWorkPort).toConstantValue(settlingUnitOfWork(unitOfWork, replica));
        bind(ReadsPort).toConstantValue(replicatedUserQueries(replica, fromReplica, queries));
        bind(StoragePort).toConstantValue([attachment]);
      } else {
        bind(UnitOfWorkPort).toConstantValue(unitOfWork);
        bind(ReadsPort).toConstantValue(queries);
        bind(StoragePort).toConstantValue([]);
      }
    }
  });

const security = ({ key, issuer }: Toolbox, config: UserConfig): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(SecretsPort).toConstantValue(keyedSecrets(key));
    bind(CommonPasswordsPort).toResolvedValue(listedCommonPasswords);
    bind(PasswordsPort).toResolvedValue(() =>
      argon2Passwords({
        memoryKib: config.USER_ARGON2_MEMORY_KIB,
        iterations: config.USER_ARGON2_ITERATIONS,
        parallelism: config.USER_ARGON2_PARALLELISM,
        concurrency: config.USER_ARGON2_CONCURRENCY,
        queue: config.USER_ARGON2_QUEUE,
      }),
    );
    bind(AccessTokensPort).toResolvedValue(async () =>
      jwtAccessTokens(await makeUserSigner(key, issuer), config.USER_ACCESS_TOKEN_S),
    );
  });

export const adapters = (toolbox: Toolbox, config: UserConfig): ContainerModule[] => [
  storage(toolbox),
  security(toolbox, config),
];
