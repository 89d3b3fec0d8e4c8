/**
 * `npm run search:quality [-- --misses N]`: asks the search service the judged queries over the sample catalogue, and
 * prints how good the results are, beside those of a plain text search; with `OPENSEARCH_URL` also on OpenSearch.
 * `--misses` lists the N worst queries of the tuning set; those of the test set stay unread, so that nobody tunes on them.
 * Exits 1 below the floors (services/search/quality/floors.json).
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { embeddedIndex } from '#search/adapters/embedded/embedded-index.ts';
import { openBaseline } from '#search/quality/baseline.ts';
import { outcomesOf, scoresOf, type Outcome } from '#search/quality/evaluate.ts';
import { measure, readFloors, shortfallsOf, type Measured } from '#search/quality/floors.ts';
import { readJudgements } from '#search/quality/judgements.ts';
import { tableOf } from '#search/quality/report.ts';
import { openSampleShop, sampleProducts, type Engine } from '#search/quality/sample-shop.ts';

const { values } = parseArgs({ options: { misses: { type: 'string', default: '0' } } });

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const missOf = ({ judgement: { query, grades }, ranked, ndcg }: Outcome): string =>
  `${ndcg.toFixed(2)}  ${query} → ${ranked.map((name) => `${name} (${grades.get(name) ?? 0})`).join(', ')}`;

const summaryOf = ({ figures, mistyped, baseline: { ndcg } }: Measured): string =>
  `nDCG@10 is ${(figures.ndcg / ndcg).toFixed(2)} times the baseline’s; a random typing error in each query leaves ` +
  `${((mistyped.typoRecall ?? 0) * 100).toFixed(1)} % of the recall.`;

interface OpenedShop {
  readonly search: Engine;
  readonly close: () => Promise<unknown>;
}

const openEmbedded = async (): Promise<OpenedShop> => ({
  search: await openSampleShop(embeddedIndex()),
  close: () => Promise.resolve(),
});

const IMPATIENT_MS = 60_000;

/** An index of its own, which is deleted when it closes. */
const openOpenSearch = async (url: string): Promise<OpenedShop> => {
  const { OpenSearchConnection } = await import('#adapters/opensearch/connection.ts');
  const { openSearchIndex } = await import('#search/adapters/opensearch/opensearch-index.ts');
  const name = `quality_${randomUUID()}`;
  const connection = new OpenSearchConnection({ url, timeoutMs: IMPATIENT_MS });
  const index = openSearchIndex(connection, {
    name,
    shards: 1,
    replicas: 0,
    leaseMs: IMPATIENT_MS,
    graceMs: 0,
    newId: randomUUID,
    onRefused: (productId, reason) => {
      throw new Error(`OpenSearch refused ${productId}: ${reason}`);
    },
  });
  const refresh = () => connection.run((client) => client.indices.refresh({ index: name }));
  return {
    search: await openSampleShop(index, refresh),
    close: async () => {
      await connection.run((client) => client.indices.delete({ index: `${name}.*` }));
      await connection.close();
    },
  };
};

const { OPENSEARCH_URL: url } = process.env;
const opened = {
  embedded: await openEmbedded(),
  ...(url !== undefined && { opensearch: await openOpenSearch(url) }),
};
const judgements = readJudgements();
const baseline = openBaseline(sampleProducts());
const floors = readFloors();
const shops = Object.entries(opened).map(([name, { search }]) => [name, search] as const);
const engines = [...shops, ['baseline', baseline] as const];
const shortfalls: string[] = [];
for (const set of ['tuning', 'test'] as const) {
  const ofSet = judgements.filter((judgement) => judgement.set === set);
  const outcomes = await Promise.all(
    engines.map(async ([name, engine]) => [name, await outcomesOf(engine, ofSet)] as const),
  );
  print(`The ${set} set\n\n${tableOf(outcomes.map(([name, found]) => [name, scoresOf(found)]))}\n`);
  for (const [name, shop] of shops) {
    const measured = await measure(shop, baseline, ofSet);
    print(`${name}: ${summaryOf(measured)}\n`);
    if (set === 'test') shortfalls.push(...shortfallsOf(measured, floors).map((text) => `${name}: ${text}`));
  }
  for (const [name, found] of set === 'tuning' ? outcomes : []) {
    const misses = found.toSorted((a, b) => a.ndcg - b.ndcg).slice(0, Number(values.misses));
    if (misses.length > 0) print(`The worst of ${name}\n\n${misses.map(missOf).join('\n')}\n`);
  }
}
await Promise.all(Object.values(opened).map(({ close }) => close()));
for (const shortfall of shortfalls) print(shortfall);
process.exitCode = shortfalls.length > 0 ? 1 : 0;
