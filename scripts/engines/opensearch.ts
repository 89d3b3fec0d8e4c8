import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from './engine.ts';
import { ensureJars, ensureJava, ensureJavac } from './install/maven.ts';
import { run } from './install/run.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = '2.19.6';
const LOG4J = '2.25.4'; // declared optional by OpenSearch, and needed
const MAIN = fileURLToPath(new URL('opensearch/OpenSearch.java', import.meta.url));
const folderOf = (software: string): string => join(software, `opensearch-${VERSION}`);

/** The modules of the distribution that a shop can use: artifact → class. */
const MODULES: Readonly<Record<string, string>> = {
  'transport-netty4-client': 'org.opensearch.transport.Netty4Plugin',
  'analysis-common': 'org.opensearch.analysis.common.CommonAnalysisPlugin',
  'lang-painless': 'org.opensearch.painless.PainlessPlugin',
  'reindex-client': 'org.opensearch.index.reindex.ReindexPlugin',
  'mapper-extras-client': 'org.opensearch.index.mapper.MapperExtrasPlugin',
  'parent-join-client': 'org.opensearch.join.ParentJoinPlugin',
  'percolator-client': 'org.opensearch.percolator.PercolatorPlugin',
  'rank-eval-client': 'org.opensearch.index.rankeval.RankEvalPlugin',
  'aggs-matrix-stats-client': 'org.opensearch.search.aggregations.matrix.MatrixAggregationPlugin',
  'lang-mustache-client': 'org.opensearch.script.mustache.MustachePlugin',
  'ingest-common': 'org.opensearch.ingest.common.IngestCommonPlugin',
  'lang-expression': 'org.opensearch.script.expression.ExpressionPlugin',
};

const ARTIFACTS = [
  `org.opensearch:opensearch:${VERSION}`,
  ...[...Object.keys(MODULES), 'opensearch-scripting-painless-spi'].map(
    (name) => `org.opensearch.plugin:${name}:${VERSION}`,
  ),
  ...['log4j-core', 'log4j-api'].map((name) => `org.apache.logging.log4j:${name}:${LOG4J}`),
];

const settingsOf = (folder: string, port: number): string => `cluster.name: shop
node.name: shop-1
network.host: ${HOST}
http.port: ${port}
http.type: netty4
transport.type: netty4
transport.port: ${port + 1}
discovery.type: single-node
path.data: ${folder}/data
path.logs: ${folder}/logs
cluster.routing.allocation.disk.threshold_enabled: false
node.store.allow_mmap: false
`;

const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`;

/** OpenSearch, one node, without its security plugin. */
export const opensearch: Engine = {
  name: 'opensearch',
  port: 19200,
  ports: 2,
  install: (software) =>
    ensureJars(folderOf(software), ARTIFACTS, async (folder) => {
      await run(await ensureJavac(), [
        '-proc:none',
        '-d',
        join(folder, 'main'),
        '-cp',
        join(folder, '*'),
        MAIN,
      ]);
    }),
  prepare: async ({ software, folder, port }) => {
    const home = join(folder, 'home');
    const temporary = join(folder, 'tmp');
    for (const path of [join(home, 'config'), join(home, 'plugins'), join(home, 'modules'), temporary])
      await mkdir(path, { recursive: true });
    await writeFile(join(home, 'config', 'opensearch.yml'), settingsOf(folder, port));
    await writeFile(join(home, 'config', 'log4j2.properties'), LOGGING);
    const jars = folderOf(software);
    return {
      program: await ensureJava(),
      args: [
        ...[
          '-Xms256m',
          '-Xmx512m',
          '-XX:+UseSerialGC',
          '-XX:TieredStopAtLevel=1',
          '-XX:MaxDirectMemorySize=128m',
        ],
        `-Djava.io.tmpdir=${temporary}`,
        `-Dopensearch.home=${home}`,
        `-Dlog4j2.configurationFile=${join(home, 'config', 'log4j2.properties')}`,
        ...[
          '-Dlog4j2.disable.jmx=true',
          '-Dio.netty.noUnsafe=true',
          '-Dio.netty.allocator.numDirectArenas=0',
        ],
        '--add-opens=java.base/java.nio=ALL-UNNAMED',
        ...['-cp', `${join(jars, 'main')}:${join(jars, '*')}`, 'OpenSearch', ...Object.values(MODULES)],
      ],
    };
  },
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/_cluster/health?wait_for_status=yellow&timeout=1s`),
  addresses: ({ port }) => ({ url: `http://${HOST}:${port}` }),
};
