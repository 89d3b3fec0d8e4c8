import { monthlyCosts, readPrices, type Part, type Prices } from '../infra/costs.ts';
import { familyFrom, vcpusOf } from './machines.ts';
import { INDEX, KAFKA, POSTGRES, PRODUCTION, ZONES } from './settings.ts';
import type { Sizing } from './sizing.ts';
import { findNumber, textOf } from './text.ts';

/** Of PostgreSQL, with replicas. */
const INSTANCES = POSTGRES.reduce((sum, { hasReplica }) => sum + (hasReplica ? 2 : 1), 0);
const SIZED = /(?:large|medium)\b/;

/** The prices of `terraform/prices.json`, and those of larger machines of the same families, in proportion. */
export const pricesOfFamilies = ({ hour, ...prices }: Prices): Prices => {
  const larger = Object.entries(hour)
    .filter(([name]) => SIZED.test(name))
    .flatMap(([name, price]) =>
      familyFrom(name).map((type) => [type, (price * vcpusOf(type)) / vcpusOf(name)] as const),
    );
  return { ...prices, hour: { ...Object.fromEntries(larger), ...hour } };
};

const PRICES = pricesOfFamilies(readPrices(textOf('terraform/prices.json')));

const times = (count: number, type: string, after: object): readonly object[] =>
  Array.from({ length: count }, () => ({ mode: 'managed', type, change: { after } }));

/** The resources of a sizing as a plan of Terraform has them, with what `monthlyCosts` looks at. */
const planOf = ({ nodes, postgres, documents, carts, kafka, search }: Sizing): string =>
  JSON.stringify({
    resource_changes: [
      ...times(1, 'aws_eks_cluster', {}),
      ...times(ZONES, 'aws_eks_node_group', {
        instance_types: [nodes.type],
        scaling_config: [{ min_size: nodes.perZone }],
      }),
      ...times(INSTANCES, 'aws_db_instance', {
        instance_class: postgres.type,
        allocated_storage: PRODUCTION.postgres.gb,
        multi_az: true,
      }),
      ...times(ZONES, 'aws_docdb_cluster_instance', { instance_class: documents.type }),
      ...[carts.type, PRODUCTION.cache.type].flatMap((node_type) =>
        times(1, 'aws_elasticache_replication_group', { node_type, num_cache_clusters: 2 }),
      ),
      ...times(1, 'aws_msk_cluster', {
        number_of_broker_nodes: KAFKA.brokers,
        broker_node_group_info: [
          { instance_type: kafka.type, storage_info: [{ ebs_storage_info: [{ volume_size: kafka.gb }] }] },
        ],
      }),
      ...times(1, 'aws_opensearch_domain', {
        cluster_config: [{ instance_type: search.type, instance_count: INDEX.nodes }],
        ebs_options: [{ volume_size: PRODUCTION.search.gb }],
      }),
    ],
  });

/** US dollars a month of production, by the table that `npm run test:infra` holds against the plan of Terraform. */
export const productionCost = (part: Part): number =>
  findNumber('terraform/README.md', new RegExp(`^\\| ${part} \\|[^|]+\\|[^|]+\\| ([\\d,]+) \\|`, 'm'));

/** Parts that do not grow with orders; traffic is not in them. */
const FIXED: readonly Part[] = ['network and load balancer', 'keys, secrets, firewall'];

/** US dollars a month, by part. */
export const billOf = (sizing: Sizing): ReadonlyMap<Part, number> =>
  new Map([
    ...monthlyCosts(planOf(sizing), PRICES),
    ...FIXED.map((part) => [part, productionCost(part)] as const),
  ]);

/** US dollars by which a month of orders makes each following month more expensive: storage of PostgreSQL, in two zones. */
export const growthOf = ({ postgres }: Sizing): number => {
  const gb = PRICES.month['GB of RDS'];
  if (gb === undefined) throw new Error('prices.json has no price of storage');
  return 2 * INSTANCES * postgres.gbPerMonth * gb;
};
