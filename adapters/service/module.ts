import type { EventBus, Subscription } from '#kernel/event-bus.ts';
import type { Clock } from '#kernel/clock.ts';
import type { DueTask } from '#kernel/tasks.ts';
import type { Ids } from '#kernel/ids.ts';
import type { PrivateJwk, ServiceTokens, TokenVerifier } from '../auth/tokens.ts';
import type { Seal } from '../events/envelope.ts';
import type { ServiceClient } from '../http/client.ts';
import type { ErrorCatalogue } from '../http/problem.ts';
import type { MemoryDatabase } from '../memory/memory-database.ts';
import type { HandOver } from '../messaging/hand-over.ts';
import type { ServiceStores } from '../messaging/stores.ts';
import type { Logger } from '../observability/logger.ts';
import type { Gauge, Metrics } from '../observability/metrics.ts';
import type { SecurityLog } from '../observability/security-log.ts';
import type { CollectionDeclaration } from '../mongo/indexes.ts';
import type { MongoDatabase } from '../mongo/mongo-database.ts';
import type { Migration } from '../postgres/migrate.ts';
import type { SqlDatabase } from '../postgres/sql.ts';
import type { RedisConnection } from '../redis/connection.ts';
import type { Place, PlaceFor } from '../tasks/place.ts';
import type { Sweep } from './sweeps.ts';

export interface MemoryStore {
  readonly kind: 'memory';
  readonly database: MemoryDatabase;
}

export interface SqlStore {
  readonly kind: 'sql';
  readonly database: SqlDatabase;
  readonly schema: string;
}

export interface RedisStore {
  readonly kind: 'redis';
  readonly connection: RedisConnection;
  /** Before the keys of what every service has. */
  readonly prefix: string;
}

export interface MongoStore {
  readonly kind: 'mongo';
  readonly database: MongoDatabase;
}

/** Where every service can keep its state. */
export type CommonStore = MemoryStore | SqlStore;

/** Where a service keeps its state in this profile. */
export type Store = CommonStore | RedisStore | MongoStore;

/** What a service is composed with: everything technical that is the same for all of them. */
export interface Toolbox<S extends Store = CommonStore> {
  readonly profile: 'memory' | 'embedded' | 'distributed';
  readonly store: S;
  readonly stores: ServiceStores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly seal: Seal;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly security: SecurityLog;
  /** `circuit_open{callee}`: for policies that `client` does not make. */
  readonly breakers: Gauge<'callee'>;
  readonly verify: TokenVerifier;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** After a commit that left events in the outbox, or tasks to do. */
  readonly wakeRelay: () => void;
  /** Where tasks can begin as soon as they are promised. */
  readonly placeFor?: PlaceFor | undefined;
  /** Takes the events of a commit to a bus in this process; absent where a relay carries them. */
  readonly handOver?: HandOver | undefined;
  readonly wakeTasks: (due: readonly DueTask[]) => void;
  /** Calls `service`; `retries` only for calls that may be repeated. */
  readonly client: (service: string, policy?: ClientPolicy) => ServiceClient;
  /** Tokens by which this service is known to others, for protocols that `client` does not speak. */
  readonly tokens: ServiceTokens;
  /** This service's own signing key. */
  readonly key: PrivateJwk;
  /** `iss` of user tokens. */
  readonly issuer: string;
  readonly addresses: Addresses;
}

/** Where things listen that are no service of their own: `payment.grpc`, `mock-gateway`, … */
export interface Addresses {
  publish(name: string, address: string): void;
  /** Throws while nobody has published it. */
  of(name: string): string;
  /** Those of all its instances, whose turn it is first. Throws as `of` does. */
  inTurn(name: string): readonly string[];
}

export interface ClientPolicy {
  readonly timeoutMs?: number;
  readonly retries?: number;
}

/** Starts and stops with the service: a gRPC server, a poller, a mock's own address. */
export interface Attachment {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Does durable tasks of one kind. */
export interface Worker {
  /** A timer waits, after a restart, until the consumers have caught up. */
  readonly isTimer: boolean;
  start(): void;
  readonly kind: string;
  /** As in `TaskWorker`. */
  reserve(): Place | undefined;
  /** Called when tasks were scheduled. */
  expect(due: readonly DueTask[]): void;
  stop(): Promise<void>;
}

/** A service put together: what the host runs. */
export interface Composition {
  /** By operation id; typed at the service as `Handlers<operations, Code>`. */
  readonly handlers: object;
  readonly errors: ErrorCatalogue;
  readonly consumers?: readonly Subscription[];
  readonly workers?: readonly Worker[];
  readonly attachments?: readonly Attachment[];
  /** Besides that of its stores, which every service has. */
  readonly sweeps?: readonly Sweep[];
}

/** A service as its `main/` exports it. */
export interface ServiceModule {
  readonly name: string;
  /** Its database schema, where the name is a word of SQL. */
  readonly schema?: string;
  /** Of its OpenAPI file. */
  readonly spec: URL;
  /** Its store in the profile `distributed`; PostgreSQL when absent. */
  readonly store?: 'postgres' | 'redis' | 'mongo';
  readonly migrations: readonly Migration[];
  /** With their indexes, where it can be on MongoDB. */
  readonly collections?: readonly CollectionDeclaration[];
  /** A method, so that a service may say which stores it has adapters for; it is given no other than `store` names. */
  compose(toolbox: Toolbox<Store>): Composition | Promise<Composition>;
}
