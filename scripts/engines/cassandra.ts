import { readdir, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { ensureJars, ensureJava } from './install/maven.ts';
import { ask, HOST } from './probe.ts';

const VERSION = '5.0.9';
const folderOf = (software: string): string => join(software, `cassandra-${VERSION}`);

const LOGGING = `<configuration>
  <appender name="C" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>[%d] %p %m%n</pattern></encoder></appender>
  <root level="WARN"><appender-ref ref="C"/></root>
</configuration>
`;

const settingsOf = (port: number, data: string): string => `cluster_name: shop
num_tokens: 1
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
endpoint_snitch: SimpleSnitch
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters: [{ seeds: '${HOST}:${port + 1}' }]
listen_address: ${HOST}
storage_port: ${port + 1}
rpc_address: ${HOST}
native_transport_port: ${port}
start_native_transport: true
authenticator: AllowAllAuthenticator
authorizer: AllowAllAuthorizer
commitlog_sync: batch
commitlog_segment_size: 8MiB
memtable_heap_space: 64MiB
memtable_offheap_space: 64MiB
data_file_directories: ['${join(data, 'data')}']
commitlog_directory: '${join(data, 'commitlog')}'
saved_caches_directory: '${join(data, 'saved_caches')}'
hints_directory: '${join(data, 'hints')}'
cdc_raw_directory: '${join(data, 'cdc_raw')}'
`;

/** Packages of the JDK that it uses, as its own start script says. */
const OPENED = [
  'java.base/java.io',
  'java.base/java.lang',
  'java.base/java.lang.module',
  'java.base/java.lang.reflect',
  'java.base/java.math',
  'java.base/java.net',
  'java.base/java.nio',
  'java.base/java.util',
  'java.base/java.util.concurrent',
  'java.base/java.util.concurrent.atomic',
  'java.base/jdk.internal.loader',
  'java.base/jdk.internal.math',
  'java.base/jdk.internal.misc',
  'java.base/jdk.internal.module',
  'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect',
  'java.base/jdk.internal.util.jar',
  'java.base/sun.nio.ch',
  'java.logging/java.util.logging',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.rmi/sun.rmi.transport',
  'java.rmi/sun.rmi.transport.tcp',
  'java.sql/java.sql',
  'jdk.management.jfr/jdk.management.jfr',
  'jdk.management/com.sun.management.internal',
].flatMap((name) => ['--add-exports', `${name}=ALL-UNNAMED`, '--add-opens', `${name}=ALL-UNNAMED`]);

/** The request OPTIONS of protocol version 4, to which every node responds with SUPPORTED. */
const OPTIONS = Buffer.from('040000010500000000', 'hex');
const SUPPORTED = 6;

/** Apache Cassandra, one node. */
export const cassandra: Engine = {
  name: 'cassandra',
  port: 19042,
  ports: 2,
  install: (software) => ensureJars(folderOf(software), [`org.apache.cassandra:cassandra-all:${VERSION}`]),
  prepare: async ({ software, folder, port }) => {
    const [settings, logging] = [join(folder, 'cassandra.yaml'), join(folder, 'logback.xml')];
    const [data, temporary] = [join(folder, 'data'), join(folder, 'tmp')];
    for (const path of [data, temporary]) await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(settings, settingsOf(port, data));
    await writeFile(logging, LOGGING);
    const jars = folderOf(software);
    const agent = (await readdir(jars)).find((name) => name.startsWith('jamm-'));
    if (agent === undefined)
      throw new Error('Cassandra was installed without jamm, which measures its memory');
    return {
      program: await ensureJava(),
      args: [
        ...[
          '-Xms512m',
          '-Xmx512m',
          '-XX:MaxDirectMemorySize=192m',
          '-XX:+UseSerialGC',
          '-XX:TieredStopAtLevel=1',
        ],
        ...[`-javaagent:${join(jars, agent)}`, '-Djdk.attach.allowAttachSelf=true', ...OPENED],
        `-Djava.io.tmpdir=${temporary}`,
        `-Dcassandra.config=file://${settings}`,
        `-Dcassandra.storagedir=${data}`,
        `-Dlogback.configurationFile=${logging}`,
        '-Dcassandra-foreground=yes',
        // One node has no others to wait for.
        ...['skip_wait_for_gossip_to_settle', 'ring_delay_ms', 'superuser_setup_delay_ms'].map(
          (name) => `-Dcassandra.${name}=0`,
        ),
        ...['-cp', join(jars, '*'), 'org.apache.cassandra.service.CassandraDaemon'],
      ],
    };
  },
  isReady: async ({ port }) => (await ask(port, OPTIONS))[4] === SUPPORTED,
  addresses: ({ port }) => ({ contacts: [`${HOST}:${port}`] }),
};
