import { z } from 'zod';

const HOURS = 730;

const Prices = z.object({
  source: z.string(),
  date: z.string(),
  hour: z.record(z.string(), z.number()),
  month: z.record(z.string(), z.number()),
});
export type Prices = z.infer<typeof Prices>;
export const readPrices = (json: string): Prices => Prices.parse(JSON.parse(json));

const Values = z.record(z.string(), z.unknown());
type Values = z.infer<typeof Values>;

const Plan = z.object({
  resource_changes: z.array(
    z.object({ mode: z.string(), type: z.string(), change: z.object({ after: Values.nullable() }) }),
  ),
});

/** A part of an environment, and what it costs a month, in US dollars. */
export type Part =
  | 'cluster and nodes'
  | 'network and load balancer'
  | 'PostgreSQL'
  | 'documents'
  | 'caches'
  | 'Kafka'
  | 'search'
  | 'keys, secrets, firewall';

export const PARTS: readonly Part[] = [
  'cluster and nodes',
  'network and load balancer',
  'PostgreSQL',
  'documents',
  'caches',
  'Kafka',
  'search',
  'keys, secrets, firewall',
];

const text = (values: Values, name: string): string => z.string().parse(values[name]);
const number = (values: Values, name: string): number => z.number().parse(values[name]);
/** The block `name`, of which there is one. */
const block = (values: Values, name: string): Values => z.tuple([Values]).parse(values[name])[0];

type Priced = (values: Values, hour: (name: string) => number, month: (name: string) => number) => number;

/** What is paid for being there, by type of resource; what is paid for use (traffic, requests, logs, backups) is not known before. */
const PRICED: Readonly<Record<string, { readonly part: Part; readonly cost: Priced }>> = {
  aws_eks_cluster: { part: 'cluster and nodes', cost: (_, hour) => hour('eks') },
  aws_eks_node_group: {
    part: 'cluster and nodes',
    cost: (group, hour, month) => {
      const [machine] = z.tuple([z.string()]).parse(group['instance_types']);
      const disk = 50 * month('GB of gp3');
      return number(block(group, 'scaling_config'), 'min_size') * (hour(machine) + disk);
    },
  },
  aws_nat_gateway: { part: 'network and load balancer', cost: (_, hour) => hour('nat') },
  aws_vpc_endpoint: {
    part: 'network and load balancer',
    cost: (endpoint, hour) => (endpoint['vpc_endpoint_type'] === 'Interface' ? 3 * hour('endpoint') : 0),
  },
  aws_lb: { part: 'network and load balancer', cost: (_, hour) => hour('nlb') },
  aws_db_instance: {
    part: 'PostgreSQL',
    cost: (db, hour, month) => {
      const machines = db['multi_az'] === true ? 2 : 1;
      return (
        machines * (hour(text(db, 'instance_class')) + number(db, 'allocated_storage') * month('GB of RDS'))
      );
    },
  },
  aws_docdb_cluster_instance: {
    part: 'documents',
    cost: (instance, hour) => hour(`docdb ${text(instance, 'instance_class')}`),
  },
  aws_elasticache_replication_group: {
    part: 'caches',
    cost: (group, hour) => number(group, 'num_cache_clusters') * hour(text(group, 'node_type')),
  },
  aws_msk_cluster: {
    part: 'Kafka',
    cost: (cluster, hour, month) => {
      const broker = block(cluster, 'broker_node_group_info');
      const storage = block(block(broker, 'storage_info'), 'ebs_storage_info');
      const each = hour(text(broker, 'instance_type')) + number(storage, 'volume_size') * month('GB of MSK');
      return number(cluster, 'number_of_broker_nodes') * each;
    },
  },
  aws_opensearch_domain: {
    part: 'search',
    cost: (domain, hour, month) => {
      const cluster = block(domain, 'cluster_config');
      const disk = number(block(domain, 'ebs_options'), 'volume_size') * month('GB of OpenSearch');
      return number(cluster, 'instance_count') * (hour(text(cluster, 'instance_type')) + disk);
    },
  },
  aws_kms_key: { part: 'keys, secrets, firewall', cost: (_key, _hour, month) => month('key') },
  aws_secretsmanager_secret: {
    part: 'keys, secrets, firewall',
    cost: (_secret, _hour, month) => month('secret'),
  },
  aws_wafv2_web_acl: {
    part: 'keys, secrets, firewall',
    cost: (acl, _hour, month) =>
      month('firewall') + z.array(z.unknown()).parse(acl['rule']).length * month('firewall rule'),
  },
};

/** What the resources of a plan (JSON of `terraform show`) cost a month. Throws if there is no price. */
export const monthlyCosts = (plan: string, prices: Prices): ReadonlyMap<Part, number> => {
  const priceIn = (unit: 'hour' | 'month', times: number) => (name: string) => {
    const price = prices[unit][name];
    if (price === undefined) throw new Error(`prices.json has no price of ${name} per ${unit}`);
    return price * times;
  };
  const [hour, month] = [priceIn('hour', HOURS), priceIn('month', 1)];
  const costs = new Map<Part, number>();
  for (const { type, change } of Plan.parse(JSON.parse(plan)).resource_changes) {
    const priced = PRICED[type];
    if (!priced || !change.after) continue;
    costs.set(priced.part, (costs.get(priced.part) ?? 0) + priced.cost(change.after, hour, month));
  }
  return costs;
};

const dollars = (amount: number): string => Math.round(amount).toLocaleString('en');

/** The costs as a table of Markdown, by the name of the environment. */
export const costTable = (environments: ReadonlyMap<string, ReadonlyMap<Part, number>>): string => {
  const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const all = [...environments.values()];
  const total = (costs: ReadonlyMap<Part, number>): number =>
    [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  return [
    row('US dollars a month', ...environments.keys()),
    row('---', ...all.map(() => '---:')),
    ...PARTS.map((part) => row(part, ...all.map((costs) => dollars(costs.get(part) ?? 0)))),
    row('**together**', ...all.map((costs) => `**${dollars(total(costs))}**`)),
  ].join('\n');
};
