/** A number that the page needs and nobody has measured: what a platform engineer replaces by their own. */
interface Assumption {
  readonly value: number;
  readonly what: string;
  readonly why: string;
}

export const ASSUMPTIONS = {
  mean: {
    value: 0.25,
    what: 'orders per minute over the month, as a share of the busiest minute’s',
    why: 'nights and weekdays; decides how much storage and memory orders take, not how much CPU',
  },
  busy: {
    value: 0.6,
    what: 'highest CPU utilisation of a store',
    why: 'leaves room for the failure of one of three machines and for peaks within the minute',
  },
  usable: {
    value: 0.9,
    what: 'share of a node’s CPU and memory for pods',
    why: 'the rest is the kubelet’s and that of the pods which every node has',
  },
  readsPerOrder: {
    value: 100,
    what: 'reads of products and lists per order, from the gateway’s cache',
    why: 'one visit in 25 ends with an order, and has four reads',
  },
  searchesPerOrder: { value: 5, what: 'searches per order', why: 'a guess' },
  cartsPerOrder: { value: 3.3, what: 'carts filled per order', why: 'seven in ten carts are left' },
  eventKb: {
    value: 2,
    what: 'kB per event in Kafka',
    why: 'all rows that placing an order writes are 2 kB in the bench, most events are smaller',
  },
  proxyCores: { value: 0.1, what: 'CPU request of Istio’s proxy per pod', why: 'Istio’s default' },
  proxyGib: { value: 0.125, what: 'GiB requested by Istio’s proxy', why: 'Istio’s default' },
  agentCores: {
    value: 0.25,
    what: 'CPU request of Vault Agent per pod',
    why: 'the injector’s default, which the charts do not change',
  },
  agentGib: { value: 0.0625, what: 'GiB requested by Vault Agent', why: 'the injector’s default' },
  othersCores: {
    value: 6,
    what: 'CPU requests of all else in the cluster',
    why: 'Cassandra (3 × 1 core), ingress, Istio, Vault, Prometheus, Loki, the Collector',
  },
  othersGib: { value: 24, what: 'GiB requested by all else', why: 'the same; Cassandra 3 × 4 GiB' },
  cacheUsable: {
    value: 0.6,
    what: 'share of a cache node’s memory that data may take',
    why: 'ElastiCache keeps a quarter of it for snapshots, and its nodes have a fifth less than their name says',
  },
  eurosPerDollar: {
    value: 0.87,
    what: 'euros per US dollar',
    why: 'about the ECB’s rate of June 2025, as the prices',
  },
} as const satisfies Readonly<Record<string, Assumption>>;

/** By name. */
export const assumed = (name: keyof typeof ASSUMPTIONS): number => ASSUMPTIONS[name].value;
