import { DAY } from '#kernel/clock.ts';
import { BOOKKEEPING_MS } from '#kernel/personal-data.ts';
import { expiryHorizon } from '#cart/core/domain/cart.ts';
import { RECORD_LIFETIME_MS } from '#cart/core/domain/ordered.ts';
import { assumed } from './assumptions.ts';
import { EVENTS, receivedShareOf, shareOf, WHOLE, WORK } from './journey.ts';
import { gibOf, smallest, vcpusOf } from './machines.ts';
import { measured } from './measured.ts';
import {
  CONNECTIONS,
  INDEX,
  KAFKA,
  PODS,
  POSTGRES,
  PRODUCTION,
  ZONES,
  type PodSettings,
} from './settings.ts';

const MINUTES_PER_DAY = 1_440;
const DAYS_PER_MONTH = 365 / 12;
const GB = 1e9;
const GIB = 2 ** 30;
/** Requests are rounded up to these, in cores. */
const STEP = 0.05;

const EVENTS_PER_ORDER = Object.values(EVENTS).reduce((sum, count) => sum + count, 0);
/** How long a cart that is left is kept, and the record of an order. */
export const CART_DAYS = -expiryHorizon(new Date(0)).getTime() / DAY;
export const RECORD_DAYS = RECORD_LIFETIME_MS / DAY;
/** How long the order service keeps orders that have ended. */
export const ORDER_YEARS = Math.floor(BOOKKEEPING_MS / DAY / 365);

export interface Pods {
  readonly settings: PodSettings;
  /** CPU that the service needs, in cores; 0 where nothing was measured. */
  readonly cores: number;
  /** What the autoscaler would have without a maximum. */
  readonly wanted: number;
  readonly count: number;
  /** The CPU request, in cores, with which `count` pods keep the autoscaler's target. */
  readonly request: number;
}

const podsOf = (settings: PodSettings, perSecond: number): Pods => {
  const { service, min, max, target } = settings;
  const journeys = WORK.has(service) ? WHOLE * measured('servicesMs') * shareOf([service]) : 0;
  const reads = service === 'gateway' ? assumed('readsPerOrder') * measured('readMs') : 0;
  const cores = (perSecond * (journeys + reads)) / 1_000;
  const wanted = Math.max(min, Math.ceil(cores / (settings.cores * target)));
  const count = Math.min(max, wanted);
  const enough = Math.ceil(cores / (count * target) / STEP) * STEP;
  return { settings, cores, wanted, count, request: Math.max(settings.cores, enough) };
};

/** Nodes such that the pods fit without one of the zones. */
const nodesFor = (pods: readonly Pods[]) => {
  const { type, minPerZone } = PRODUCTION.nodes;
  const sum = (each: (pods: Pods) => number): number =>
    pods.reduce((all, one) => all + one.count * each(one), 0);
  const cores =
    assumed('othersCores') +
    sum(
      ({ request, settings }) =>
        request + assumed('proxyCores') + (settings.hasAgent ? assumed('agentCores') : 0),
    );
  const gib =
    assumed('othersGib') +
    sum(({ settings }) => settings.gib + assumed('proxyGib') + (settings.hasAgent ? assumed('agentGib') : 0));
  const zones = Math.max(cores / vcpusOf(type), gib / gibOf(type)) / assumed('usable');
  return { type, cores, gib, perZone: Math.max(minPerZone, Math.ceil(zones / (ZONES - 1))) };
};

const storesOf = (name: string): readonly string[] =>
  PODS.filter(({ stores }) => stores.includes(name)).map(({ service }) => service);

/** Connections to a PostgreSQL when all its services have as many pods as the autoscaler allows. */
const connectionsTo = (services: readonly string[]): number =>
  PODS.filter(({ service }) => services.includes(service)).reduce(
    (sum, { max }) => sum + max * CONNECTIONS,
    0,
  );

/** RDS's default of `max_connections`: LEAST(DBInstanceClassMemory / 9531392, 5000). */
export const connectionLimitOf = (type: string): number =>
  Math.min(5_000, Math.floor((gibOf(type) * GIB) / 9_531_392));

/** All instances have the class that the busiest needs. */
const postgresFor = (perSecond: number, ordersPerMonth: number) => {
  const all = storesOf('postgres');
  const instances = POSTGRES.map(({ name, services }) => ({
    name,
    cores: (perSecond * WHOLE * measured('postgresMs') * shareOf(services, all)) / 1_000,
    connections: connectionsTo(services),
  }));
  const type = smallest(PRODUCTION.postgres.type, (one) =>
    instances.every(
      ({ cores, connections }) =>
        cores <= vcpusOf(one) * assumed('busy') && connections <= connectionLimitOf(one) * 0.8,
    ),
  );
  return { type, instances, gbPerMonth: (ordersPerMonth * measured('orderBytes')) / GB };
};

const documentsFor = (perSecond: number) => {
  const cores = (perSecond * measured('documentsMs')) / 1_000;
  return {
    cores,
    type: smallest(PRODUCTION.documents.type, (one) => cores <= vcpusOf(one) * assumed('busy')),
  };
};

/** Carts that are left live as long as the service keeps them, and the records of orders. */
const cartsFor = (ordersPerDay: number) => {
  const carts = ordersPerDay * (assumed('cartsPerOrder') - 1) * CART_DAYS * measured('cartBytes');
  const records = ordersPerDay * RECORD_DAYS * measured('recordBytes');
  const gib = (carts + records) / GIB;
  const holds = (one: string): boolean => gib <= gibOf(one) * assumed('cacheUsable');
  const type = smallest(PRODUCTION.cache.type, holds);
  return { gib, type, isEnough: holds(type) };
};

const kafkaFor = (perSecond: number, ordersPerDay: number, pods: readonly Pods[]) => {
  const { brokers, replicas, partitions, topics, retentionHours } = KAFKA;
  const coresPerBroker = (perSecond * WHOLE * measured('kafkaMs') * replicas) / 1_000 / brokers;
  const bytes = ordersPerDay * (retentionHours / 24) * EVENTS_PER_ORDER * assumed('eventKb') * 1_000;
  const gbPerBroker = (bytes * replicas) / brokers / GB;
  /** A consumer is one thread, so a partition has a core at most. */
  const consumers = pods.map(({ cores, settings }) => cores * receivedShareOf(settings.service));
  return {
    type: smallest(PRODUCTION.broker.type, (one) => coresPerBroker <= vcpusOf(one) * assumed('busy')),
    coresPerBroker,
    eventsPerSecond: perSecond * EVENTS_PER_ORDER,
    partitionsPerBroker: (topics * partitions * replicas) / brokers,
    partitionsNeeded: Math.ceil(Math.max(...consumers) / assumed('busy')),
    gbPerBroker,
    gb: Math.max(PRODUCTION.broker.gb, Math.ceil(gbPerBroker / assumed('busy') / 100) * 100),
  };
};

/** Copies of the shards decide how many machines answer. */
const searchFor = (perSecond: number) => {
  const serving = Math.min(INDEX.nodes, INDEX.shards * (1 + INDEX.replicas));
  const cores = (perSecond * assumed('searchesPerOrder') * measured('searchMs')) / 1_000;
  const type = smallest(PRODUCTION.search.type, (one) => cores / serving <= vcpusOf(one) * assumed('busy'));
  return { cores, serving, type };
};

/** What a shop needs. */
export interface Sizing {
  readonly ordersPerMinute: number;
  readonly perSecond: number;
  readonly ordersPerMonth: number;
  readonly pods: readonly Pods[];
  readonly nodes: ReturnType<typeof nodesFor>;
  readonly postgres: ReturnType<typeof postgresFor>;
  readonly documents: ReturnType<typeof documentsFor>;
  readonly carts: ReturnType<typeof cartsFor>;
  readonly kafka: ReturnType<typeof kafkaFor>;
  readonly search: ReturnType<typeof searchFor>;
}

/** @param ordersPerMinute in the busiest minute */
export const sizingFor = (ordersPerMinute: number): Sizing => {
  const perSecond = ordersPerMinute / 60;
  const ordersPerDay = ordersPerMinute * MINUTES_PER_DAY * assumed('mean');
  const ordersPerMonth = ordersPerDay * DAYS_PER_MONTH;
  const pods = PODS.map((settings) => podsOf(settings, perSecond));
  return {
    ordersPerMinute,
    perSecond,
    ordersPerMonth,
    pods,
    nodes: nodesFor(pods),
    postgres: postgresFor(perSecond, ordersPerMonth),
    documents: documentsFor(perSecond),
    carts: cartsFor(ordersPerDay),
    kafka: kafkaFor(perSecond, ordersPerDay, pods),
    search: searchFor(perSecond),
  };
};
