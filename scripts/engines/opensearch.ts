import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#adapters/system/free-port.ts';
import type { Engine, Launch } from './engine.ts';
import { ensureJar, ensureJars, ensureJava, ensureJavac } from './install/maven.ts';
import { run } from './install/run.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = '2.19.6';
const LOG4J = '2.25.4'; // declared optional by OpenSearch, and needed
const MAIN = fileURLToPath(new URL('opensearch/OpenSearch.java', import.meta.url));
const folderOf = (software: string): string => join(software, `opensearch-${VERSION}`);
const urlOf = (port: number): string => `http://${HOST}:${port}`;

/** The modules that search needs: artifact → class. The distribution has more. */
const MODULES = {
  'transport-netty4-client': 'org.opensearch.transport.Netty4Plugin',
  'analysis-common': 'org.opensearch.analysis.common.CommonAnalysisPlugin',
  'lang-painless': 'org.opensearch.painless.PainlessPlugin',
  'mapper-extras-client': 'org.opensearch.index.mapper.MapperExtrasPlugin',
  'reindex-client': 'org.opensearch.index.reindex.ReindexPlugin',
};

const ARTIFACTS = [
  `org.opensearch:opensearch:${VERSION}`,
  ...[...Object.keys(MODULES), 'opensearch-scripting-painless-spi'].map(
    (name) => `org.opensearch.plugin:${name}:${VERSION}`,
  ),
  ...['log4j-core', 'log4j-api'].map((name) => `org.apache.logging.log4j:${name}:${LOG4J}`),
];

/** How much a node may take. */
interface Size {
  readonly jvm: readonly string[];
  readonly settings: string;
}

/** For tests and a laptop: starts fast and stays small. */
const SMALL: Size = {
  jvm: [
    '-Xms128m',
    '-Xmx512m',
    '-XX:MaxDirectMemorySize=128m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
  ],
  settings: 'node.store.allow_mmap: false\n',
};

/** As in production: the optimising compiler, the default collector, and files that are mapped into memory. */
const FULL: Size = { jvm: ['-Xms2g', '-Xmx2g', '-XX:+UseG1GC'], settings: '' };

const settingsOf = (folder: string, port: number, { settings }: Size): string => `cluster.name: shop
node.name: shop-1
network.host: ${HOST}
http.port: ${port}
http.type: netty4
transport.type: netty4
transport.port: ${port + 1}
discovery.type: single-node
path.data: ${folder}/data
path.logs: ${folder}/logs
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
${settings}`;

const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`;

/** Relative to the folder of the jars, as the paths in it are. */
const CLASSES = 'classes.jsa';

/** How to start the jars in `jars` with the data in `folder`; writes the settings. */
const launchOf = async (
  jars: string,
  folder: string,
  port: number,
  size: Size,
  ...more: readonly string[]
): Promise<Launch> => {
  const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
  const config = join(home, 'config');
  for (const path of [config, join(home, 'plugins'), join(home, 'modules'), temporary])
    await mkdir(path, { recursive: true, mode: 0o700 });
  const logging = join(config, 'log4j2.properties');
  await writeFile(join(config, 'opensearch.yml'), settingsOf(folder, port, size));
  await writeFile(logging, LOGGING);
  return {
    program: await ensureJava(),
    args: [
      ...size.jvm,
      `-Djava.io.tmpdir=${temporary}`,
      `-Dopensearch.home=${home}`,
      `-Dlog4j2.configurationFile=${logging}`,
      '-Dlog4j2.disable.jmx=true',
      ...['-Dio.netty.noUnsafe=true', '-Dio.netty.allocator.numDirectArenas=0'],
      '--add-opens=java.base/java.nio=ALL-UNNAMED',
      ...more,
      ...['-cp', '*', 'OpenSearch', ...Object.values(MODULES)],
    ],
    cwd: jars,
  };
};

/** Compiles the main class, and starts it once to archive the loaded classes: later starts take three fifths of the time. */
const finish = async (jars: string): Promise<void> => {
  const compiled = join(jars, 'compiled');
  await run(await ensureJavac(), ['-proc:none', '-d', compiled, '-cp', join(jars, '*'), MAIN]);
  await run(await ensureJar(), ['cf', join(jars, 'main.jar'), '-C', compiled, '.']); // an archive allows only jars
  const trial = join(jars, 'trial');
  const options = [`-XX:ArchiveClassesAtExit=${CLASSES}`, '-Dopensearch.trial=true'];
  const { program, args, ...rest } = await launchOf(jars, trial, await freePort(2), SMALL, ...options);
  await run(program, args, rest);
  for (const folder of [compiled, trial]) await rm(folder, { recursive: true });
};

const engineOf = (size: Size): Engine => ({
  name: 'opensearch',
  port: 19200,
  ports: 2,
  install: (software) => ensureJars(folderOf(software), ARTIFACTS, finish),
  prepare: ({ software, folder, port }) =>
    launchOf(folderOf(software), folder, port, size, `-XX:SharedArchiveFile=${CLASSES}`),
  isReady: ({ port }) => isServed(`${urlOf(port)}/_cluster/health?wait_for_status=yellow&timeout=1s`),
  addresses: ({ port }) => ({ url: urlOf(port) }),
});

/** OpenSearch, one node, without its security plugin. */
export const opensearch = engineOf(SMALL);

/** One that is as fast as in production, for benchmarks. */
export const fullOpensearch = engineOf(FULL);
