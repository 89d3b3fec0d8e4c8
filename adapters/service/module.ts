import type { z } from 'zod';
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
import type { Slot, SlotFor } from '../tasks/slot.ts';
import type { Neighbours } from './neighbours.ts';
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
  /** The key prefix of the platform's data. */
  readonly prefix: string;
}

export interface MongoStore {
  readonly kind: 'mongo';
  readonly database: MongoDatabase;
}

/** The stores that every service supports. */
export type CommonStore = MemoryStore | SqlStore;

/** The store of a service in this profile. */
export type Store = CommonStore | RedisStore | MongoStore;

/** The technical dependencies that all services are composed with. */
export interface Toolbox<S extends Store = CommonStore> {
  /** Of the service. */
  readonly name: string;
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
  readonly slotFor?: SlotFor | undefined;
  /** Takes the events of a commit to a bus in this process; absent where a relay carries them. */
  readonly handOver?: HandOver | undefined;
  readonly wakeTasks: (due: readonly DueTask[]) => void;
  /** Calls `service`; `retries` only for calls that may be repeated. */
  readonly client: (service: string, policy?: ClientPolicy) => ServiceClient;
  /** Tokens of this service, for protocols that `client` does not support. */
  readonly tokens: ServiceTokens;
  /** This service's own signing key. */
  readonly key: PrivateJwk;
  /** `iss` of user tokens. */
  readonly issuer: string;
  readonly addresses: Addresses;
  /** The services of this process, called without a socket; absent if each runs in a process of its own. */
  readonly neighbours?: Neighbours | undefined;
}

/** Addresses besides the services' own: `payment.grpc`, `mock-gateway`, … */
export interface Addresses {
  publish(name: string, address: string): void;
  /** Throws until it is published. */
  of(name: string): string;
  /** The addresses of all its instances, starting with the next in rotation. Throws like `of`. */
  inTurn(name: string): readonly string[];
}

export interface ClientPolicy {
  readonly timeoutMs?: number;
  readonly retries?: number;
}

/** Starts and stops with the service: a gRPC server, a poller, a mock's HTTP server. */
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
  reserve(): Slot | undefined;
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
  /** In addition to the sweeps of its stores, which every service has. */
  readonly sweeps?: readonly Sweep[];
}

/** A service as its `main/` exports it. */
export interface ServiceModule {
  readonly name: string;
  /** Its database schema, if its name is an SQL keyword. */
  readonly schema?: string;
  /** Of its OpenAPI file. */
  readonly spec: URL;
  /** Whether it keeps nothing: it gets a store in memory, and has neither schema nor database. */
  readonly isStateless?: boolean;
  /** Its store in the profile `distributed`; PostgreSQL when absent. */
  readonly store?: 'postgres' | 'redis' | 'mongo';
  readonly migrations: readonly Migration[];
  /** Environment variables without which it does not start as a process of its own. */
  readonly needs?: z.ZodRawShape;
  /** What it reads of the environment besides variables that begin with its own name: names, and prefixes that end with `_`. */
  readonly settings?: readonly string[];
  /** Its collections with their indexes, if it supports MongoDB. */
  readonly collections?: readonly CollectionDeclaration[];
  /** A method, so that a service can declare the stores it supports; it gets only the one named by `store`. */
  compose(toolbox: Toolbox<Store>): Composition | Promise<Composition>;
}
