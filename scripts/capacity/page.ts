import { PARTS } from '../infra/costs.ts';
import { assumed, ASSUMPTIONS } from './assumptions.ts';
import { billOf, growthOf } from './bill.ts';
import { EVENTS, shareOf, WHOLE, WORK } from './journey.ts';
import { MACHINE, MEASURED } from './measured.ts';
import { CONNECTIONS, INDEX, KAFKA, partitionLimitOf, PODS, PRODUCTION, ZONES } from './settings.ts';
import {
  CART_DAYS,
  connectionLimitOf,
  ORDER_YEARS,
  RECORD_DAYS,
  sizingFor,
  type Pods,
  type Sizing,
} from './sizing.ts';

/** Orders per minute, in the busiest minute. */
export const LEVELS: readonly number[] = [10, 1_000, 10_000];

const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const milli = (cores: number): string => `${Math.round(cores * 1_000)}m`;

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const tableOf = (head: readonly string[], rows: readonly (readonly string[])[], others = '---:'): string =>
  [row(...head), row('---', ...head.slice(1).map(() => others)), ...rows.map((cells) => row(...cells))].join(
    '\n',
  );

const SIZINGS = LEVELS.map(sizingFor);
const each = (cell: (sizing: Sizing) => string): readonly string[] => SIZINGS.map(cell);
const LEVEL_NAMES = LEVELS.map((level) => whole(level));

const nodesCell = (perZone: number): string => {
  const { maxPerZone } = PRODUCTION.nodes;
  return `${ZONES} × ${perZone}${perZone > maxPerZone ? `, **allowed: ${maxPerZone}**` : ''}`;
};

const partitionsCell = (needed: number): string =>
  `${needed}${needed > KAFKA.partitions ? `, **there are ${KAFKA.partitions}**` : ''}`;

const summary = (): string => {
  const bills = SIZINGS.map(billOf);
  const together = bills.map((bill) => [...bill.values()].reduce((sum, cost) => sum + cost, 0));
  return tableOf(
    ['', ...LEVEL_NAMES],
    [
      ['orders a second, in the busiest minute', ...each(({ perSecond }) => number(perSecond))],
      ['orders a month', ...each(({ ordersPerMonth }) => number(ordersPerMonth))],
      ['pods of the shop', ...each(({ pods }) => whole(pods.reduce((sum, { count }) => sum + count, 0)))],
      [`nodes (${PRODUCTION.nodes.type})`, ...each(({ nodes }) => nodesCell(nodes.perZone))],
      ['PostgreSQL', ...each(({ postgres }) => postgres.type)],
      ['documents', ...each(({ documents }) => documents.type)],
      [
        'cache of the cart',
        ...each(({ carts }) => `${carts.type}${carts.isEnough ? '' : ', **not enough**'}`),
      ],
      ['Kafka', ...each(({ kafka }) => `${KAFKA.brokers} × ${kafka.type}`)],
      ['search', ...each(({ search }) => `${INDEX.nodes} × ${search.type}`)],
      ...PARTS.map((part) => [
        `€ a month: ${part}`,
        ...bills.map((bill) => whole((bill.get(part) ?? 0) * assumed('eurosPerDollar'))),
      ]),
      [
        '**€ a month, together**',
        ...together.map((cost) => `**${whole(cost * assumed('eurosPerDollar'))}**`),
      ],
      [
        '€ more each month, for storage',
        ...each((sizing) => whole(growthOf(sizing) * assumed('eurosPerDollar'))),
      ],
    ],
  );
};

const podCell = ({ count, wanted, settings, request }: Pods): string =>
  wanted > settings.max ? `${count} at ${milli(request)} (${wanted})` : String(count);

const pods = (): string =>
  tableOf(
    ['service', 'share', 'pods', 'CPU request', 'target', ...LEVEL_NAMES],
    PODS.map(({ service, min, max, cores, target }, index) => [
      service,
      WORK.has(service) ? percent(shareOf([service])) : '',
      `${min} to ${max}`,
      milli(cores),
      percent(target),
      ...SIZINGS.map((sizing) => {
        const found = sizing.pods[index];
        return found ? podCell(found) : '';
      }),
    ]),
  );

const postgres = (): string => {
  const [first] = SIZINGS;
  return tableOf(
    ['instance', 'connections at most', ...LEVEL_NAMES.map((name) => `cores at ${name}`)],
    (first?.postgres.instances ?? []).map(({ name, connections }, index) => [
      name,
      whole(connections),
      ...each((sizing) => number(sizing.postgres.instances[index]?.cores ?? 0)),
    ]),
  );
};

const stores = (): string =>
  tableOf(
    ['', ...LEVEL_NAMES],
    [
      ['nodes: cores requested', ...each(({ nodes }) => number(nodes.cores))],
      ['nodes: GiB requested', ...each(({ nodes }) => number(nodes.gib))],
      [
        'PostgreSQL: connections that the class allows',
        ...each((sizing) => whole(connectionLimitOf(sizing.postgres.type))),
      ],
      ['PostgreSQL: GB more a month, each instance', ...each((sizing) => number(sizing.postgres.gbPerMonth))],
      ['documents: cores', ...each((sizing) => number(sizing.documents.cores))],
      ['cache of the cart: GiB', ...each((sizing) => number(sizing.carts.gib))],
      ['Kafka: events a second', ...each((sizing) => number(sizing.kafka.eventsPerSecond))],
      ['Kafka: cores, each broker', ...each((sizing) => number(sizing.kafka.coresPerBroker))],
      [
        'Kafka: replicas of partitions, each broker',
        ...each(
          ({ kafka }) => `${whole(kafka.partitionsPerBroker)} of ${whole(partitionLimitOf(kafka.type))}`,
        ),
      ],
      [
        'Kafka: partitions that consumers need of a topic',
        ...each(({ kafka }) => partitionsCell(kafka.partitionsNeeded)),
      ],
      ['Kafka: GB held, each broker', ...each((sizing) => number(sizing.kafka.gbPerBroker))],
      ['search: cores', ...each((sizing) => number(sizing.search.cores))],
      ['search: machines that answer', ...each((sizing) => whole(sizing.search.serving))],
    ],
  );

const ceilings = (): string => {
  const events = Math.max(...[...WORK.values()].map(({ sent }) => sent));
  const limits = [
    [MEASURED.commits, 1],
    [MEASURED.reservations, 1],
    [MEASURED.relayed, events],
  ] as const;
  return tableOf(
    ['measured limit', 'a second', ...LEVEL_NAMES.map((name) => `used at ${name}`)],
    limits.map(([{ what, value }, perOrder]) => [
      what,
      number(value),
      ...each(({ perSecond }) => `${number((perSecond * perOrder * 100) / value)} %`),
    ]),
  );
};

const measuredRows = (): string =>
  tableOf(
    ['measured', 'value', 'from'],
    Object.values(MEASURED).map(({ what, value, from }) => [what, number(value), from]),
    '---',
  );

const assumedRows = (): string =>
  tableOf(
    ['assumed', 'value', 'because'],
    Object.values(ASSUMPTIONS).map(({ what, value, why }) => [what, String(value), why]),
    '---',
  );

/** The text of `docs/guides/capacity.md`. */
export const capacityPage = (): string => `# Capacity

For platform engineers: what a shop with ${new Intl.ListFormat('en', { type: 'disjunction' }).format(LEVEL_NAMES)} orders a minute needs on AWS and costs a month. The page is written by
\`npm run generate\` from \`scripts/capacity/\`: figures of the benches, settings of the charts, of Terraform and of the services, and the
prices of [\`terraform/prices.json\`](../../terraform/prices.json). Replace an assumption in \`assumptions.ts\` by what you know, and generate again.

**These are estimates.** No shop of this size was run, nothing was run on AWS. [What was never measured](#what-was-never-measured) comes last.

## Result

${summary()}

Orders per minute are those of the busiest minute. The costs are fixed ones, on demand, as in [the costs of Terraform](../../terraform/README.md#costs):
traffic, requests, logs and backups are extra. PostgreSQL has the storage that production begins with. At ${LEVEL_NAMES[0] ?? ''} orders a minute, the shop is production as Terraform makes it, but for nodes.

What has to be changed before:

- **Nodes**: Vault Agent asks for ${milli(assumed('agentCores'))} of CPU beside each pod, more than the ${milli(PODS.find(({ service }) => service === 'order')?.cores ?? 0)} of most services. With a smaller request
  (\`vault.hashicorp.com/agent-requests-cpu\`) there would be fewer. \`nodes\` in \`terraform.tfvars\` allows ${PRODUCTION.nodes.maxPerZone} in each zone.
- **CPU requests**: where the table of pods has a request, the autoscaler would have more pods than the chart allows. Pods have no CPU
  limit, so they take what they need, but at that load the request should be the one in the table (\`resources.cpu\`): otherwise nodes are too full.
- **Cache of the cart**: a Redis that holds carts is one primary, not a cluster. It keeps each order's record for ${RECORD_DAYS} days and each cart that is
  left for ${CART_DAYS}. Where the table says "not enough", shorten these (\`services/cart/core/domain\`), or keep carts in PostgreSQL, for which the
  service has adapters but no setting.
- **Storage of PostgreSQL** grows by itself to four times \`postgres_gb\` (${PRODUCTION.postgres.gb}), and the order service keeps orders for ${ORDER_YEARS} years: set it to what comes
  together in that time.
- **Partitions**: a pod without partitions receives no events, so a service has as many consumers as a topic has partitions (${KAFKA.partitions}). Partitions that
  are added later move keys to others, so choose before there are orders (\`KAFKA_PARTITIONS\`, \`partitions\` of \`modules/msk\`).
- **Search**: the index has ${INDEX.shards} shard and ${INDEX.replicas} replica, so ${INDEX.shards * (1 + INDEX.replicas)} of ${INDEX.nodes} machines answer. \`SEARCH_REPLICAS=2\` makes it all three. More shards than one
  help with a large catalogue, not with many orders: with 1,000,000 products, see [the bench](bench.md#search).

## Pods

CPU that a service needs = orders a second × (ms of CPU per journey × its share; at the gateway, + reads per order × ms per read).
Pods = CPU ÷ (request × target), between the chart's limits. In brackets: how many the autoscaler would have without a maximum, and before
that the request with which the maximum is enough.

${pods()}

The bench watches an order until it is confirmed, and handed to the carrier meanwhile. Ms of CPU per journey are therefore multiplied by
${number(WHOLE)}, which is the work until delivery ÷ the work that the bench measures, counted as the shares are.

**The shares are counted, not measured**: the README has only the sum of all services. \`npm run bench -- --profile distributed --only journey\`
prints the CPU per process; compare. Here, each request of a journey
(\`journey.ts\`) counts 1, and each event of an order that is sent or received counts 1: ${Object.entries(
  EVENTS,
)
  .map(([type, count]) => (count === 1 ? `\`${type}\`` : `${count} × \`${type}\``))
  .join(
    ', ',
  )}; who receives them is read from the services. Services without a share are not on the way of an order and stay at their minimum
here. Browsing, searching and recommending make them scale, which was not measured for them.

## Nodes

Cores = requests of all pods, with Istio's proxy and Vault Agent, + all else in the cluster. Per zone = cores (or GiB) ÷ (${ZONES - 1} × the
node's × ${percent(assumed('usable'))}), rounded up, so that the other zones carry all if one is lost; at least ${PRODUCTION.nodes.minPerZone}.

## Stores

${stores()}

- **PostgreSQL**: cores = orders a second × ms of CPU per journey × the share of the services on the instance. All instances have the
  class that the busiest needs, as Terraform has one for all; at most ${percent(assumed('busy'))} of its vCPUs.
- **Connections** = pods × ${CONNECTIONS} (\`DATABASE_POOL\`, and those for single statements), for as many pods as the charts allow: the limit is not to
  be reached by scaling. RDS allows memory ÷ 9,531,392, at most 5,000, and we plan with four fifths of that.
- **Storage**: orders a month × bytes per order, for each instance, as if the other services kept as much of an order as the order service. The
  others were not measured; it keeps history, orders and search words, so this is meant as an upper bound.
- **Documents**: DocumentDB was never measured, nor MongoDB. The stand-in of the bench (FerretDB) reads all documents where MongoDB uses an index, so its
  CPU is left out, and what PostgreSQL needs for the whole journey taken instead. The services do not limit the connections of the driver (100
  per pod by default): compare that with the limit of the class.
- **Cache**: GiB = orders a day × ((carts per order − 1) × ${CART_DAYS} days × bytes per cart + ${RECORD_DAYS} days × bytes per record). The gateway's holds what fits,
  and is as in production.
- **Kafka**: cores of a broker = orders a second × ms of CPU per journey × ${KAFKA.replicas} replicas ÷ ${KAFKA.brokers} brokers, as if a follower worked as much as the leader. Replicas
  of partitions = ${KAFKA.topics} topics × ${KAFKA.partitions} partitions × ${KAFKA.replicas} ÷ ${KAFKA.brokers}; the limit is what AWS recommends for the class, above which the plan of Terraform fails. Needed partitions =
  CPU that the busiest consumer needs for events ÷ ${assumed('busy')}, as a consumer is one thread. GB held = events of ${KAFKA.retentionHours / 24} days.
- **Search**: cores = orders a second × searches per order × ms of CPU per search, on the machines that have a copy.

PostgreSQL's instances:

${postgres()}

What one process or one row must do by itself:

${ceilings()}

## Inputs

The figures of the README are of ${MACHINE}, which also ran the load and all engines. On other days it gave a third of
the rates, so CPU per journey may differ as much. Sizes do not depend on the machine; those of search are of another day ([how](bench.md#how-to-read-it)).

${measuredRows()}

${assumedRows()}

## What was never measured

- **An order after it was handed to the carrier**, and returns, refunds, cancellations.
- **CPU per journey at these rates.** The bench reached ${MEASURED.journeys.value} journeys a second, with all processes on two cores. It also contains what processes do
  while they wait, such as asking Kafka for more, which more orders would share. So the true figure is likely lower. In one process on PostgreSQL, the same
  journey takes ${MEASURED.shopMs.value} ms of the shop and ${MEASURED.documentsMs.value} of the database. All results grow in proportion to the rate, which real systems do only up to some rate.
- **AWS's machines**: a vCPU of Graviton counts as one core of the bench's machine.
- **DocumentDB**, see above; RDS's and MSK's storage and network; replication in Kafka, TLS anywhere, Istio's and Vault's own use of CPU.
- **Pages**: the storefront, recommendations, reviews and media per visit. A shop with many visitors and few orders needs more of these than of what is here.
- **Storage** of payment, inventory, shipping, user, notification and analytics per order. Cassandra, which runs in the cluster.
- **The autoscalers** under load.
- **Prices** of sizes that production does not use are in proportion to its own, as AWS has them within a family. How old and how exact the prices are: [costs](../../terraform/README.md#costs).
`;
