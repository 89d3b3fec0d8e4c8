import { find, findNumber } from './text.ts';

const README = 'README.md';
const BENCH = 'docs/guides/bench.md';

const PER_JOURNEY = 'CPU ms per journey: services, databases, Kafka \\|';
const servicesMs = findNumber(README, new RegExp(`${PER_JOURNEY} ([\\d.]+),`));
const databasesMs = findNumber(README, new RegExp(`${PER_JOURNEY} [\\d.]+, ([\\d.]+),`));
const kafkaMs = findNumber(README, new RegExp(`${PER_JOURNEY} [\\d.]+, [\\d.]+, ([\\d.]+) `));
const ferretMs = findNumber(README, /FerretDB takes ([\d.]+) of the [\d.]+ ms in databases/);
const requestMs = findNumber(README, /a request of bare Express takes ([\d.]+) µs/) / 1_000;
const cachedRatio = findNumber('test/bench/released.json', /"product detail, cached": ([\d.]+)/);

/** Where and when the figures of the README were measured. */
export const MACHINE = find(README, /Figures of (\d[^(]+, measured on a virtual machine with [^)]+\))/);

/** A figure of a bench, read from the document that states it: a new figure there makes the page stale. */
interface Measured {
  readonly value: number;
  readonly what: string;
  readonly from: string;
}

const DISTRIBUTED = 'README, “Figures”, one process per service';
const SIZES = 'bench.md, “Sizes”';

export const MEASURED = {
  servicesMs: { value: servicesMs, what: 'ms of CPU per journey, all services', from: DISTRIBUTED },
  postgresMs: {
    value: databasesMs - ferretMs,
    what: 'ms of CPU per journey, PostgreSQL and Redis',
    from: `${DISTRIBUTED}: databases (${databasesMs}) without FerretDB (${ferretMs})`,
  },
  kafkaMs: { value: kafkaMs, what: 'ms of CPU per journey, Kafka, one broker', from: DISTRIBUTED },
  documentsMs: {
    value: findNumber(README, /\| CPU ms of the database per journey +\| ([\d.]+) /),
    what: 'ms of CPU per journey, documents',
    from: 'README, “Figures”: all of PostgreSQL, where the catalogue is in it as well. Used for DocumentDB',
  },
  shopMs: {
    value: findNumber(README, /\| CPU ms of the shop per journey +\| ([\d.]+) /),
    what: 'ms of CPU per journey, the shop in one process (to compare)',
    from: 'README, “Figures”, on PostgreSQL',
  },
  journeys: {
    value: findNumber(README, /\| journey: cart, quote, order, confirmed +\| ([\d.]+)\/s/),
    what: 'journeys a second, while that was measured',
    from: DISTRIBUTED,
  },
  readMs: {
    value: requestMs / cachedRatio,
    what: 'ms of CPU per cached read, gateway',
    from: `README, “Figures”: bare Express (${requestMs} ms) ÷ ratio of a cached product (${cachedRatio}, \`released.json\`)`,
  },
  searchMs: {
    value: findNumber(BENCH, /\| OpenSearch[\s\S]*?\| two words +\| [^|]+\| (\d+) /),
    what: 'ms of CPU per search, OpenSearch',
    from: 'bench.md, “Search”: p50 of two words at 100,000 products, as if all of it were CPU',
  },
  orderBytes: {
    value: findNumber(BENCH, /an order in the order service's PostgreSQL +\| ([\d,]+) /),
    what: 'bytes per order in the order service’s PostgreSQL, with indexes',
    from: SIZES,
  },
  cartBytes: {
    value: findNumber(BENCH, /a cart of three items in Redis +\| ([\d,]+) /),
    what: 'bytes per cart in Redis',
    from: SIZES,
  },
  recordBytes: {
    value: findNumber(BENCH, /the record of an order in the cart's Redis +\| ([\d,]+) /),
    what: 'bytes per order’s record in the cart’s Redis',
    from: SIZES,
  },
  commits: {
    value: findNumber(README, /\| order committed, one statement +\| ([\d,]+)\/s/),
    what: 'orders committed a second, one process',
    from: DISTRIBUTED,
  },
  reservations: {
    value: findNumber(README, /\| reservations of one item, in batches +\| ([\d,]+)\/s/),
    what: 'reservations a second of one item',
    from: DISTRIBUTED,
  },
  relayed: {
    value: findNumber(README, /\| relay, outbox to Kafka +\| ([\d,]+)\/s/),
    what: 'events a second from one outbox to Kafka',
    from: DISTRIBUTED,
  },
} as const satisfies Readonly<Record<string, Measured>>;

/** By name. */
export const measured = (name: keyof typeof MEASURED): number => MEASURED[name].value;
