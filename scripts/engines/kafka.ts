import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, Site } from './engine.ts';
import { ensureJars, ensureJava } from './install/maven.ts';
import { run } from './install/run.ts';
import { ask, HOST } from './probe.ts';

const VERSION = '4.4.0';
const folderOf = (software: string): string => join(software, `kafka-${VERSION}`);

const LOGGING = `<Configuration status="WARN">
  <Appenders><Console name="C"><PatternLayout pattern="[%d] %p %m (%c)%n"/></Console></Appenders>
  <Loggers><Root level="WARN"><AppenderRef ref="C"/></Root></Loggers>
</Configuration>
`;

/** One broker that is its own controller: everything has one replica. */
const settingsOf = (port: number, data: string): string => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${HOST}:${port + 1}
listeners=PLAINTEXT://${HOST}:${port},CONTROLLER://${HOST}:${port + 1}
advertised.listeners=PLAINTEXT://${HOST}:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.consumer.min.heartbeat.interval.ms=500
group.consumer.heartbeat.interval.ms=500
group.consumer.min.session.timeout.ms=6000
group.consumer.session.timeout.ms=6000
log.segment.bytes=67108864
log.cleaner.dedupe.buffer.size=16777216
`;

/** The request ApiVersions v0, which every broker answers: length, key 18, version 0, correlation id 7, client id. */
const API_VERSIONS = Buffer.from('0000000e0012000000000007000470696e67', 'hex');

/** What a broker of one's own has besides. */
interface Besides {
  /** Lines of server.properties; they win. */
  readonly settings?: (site: Site) => string;
  /** Of the tool that formats its storage. */
  readonly format?: readonly string[];
}

/** Apache Kafka in KRaft mode. */
export const kafkaWith = ({ settings: more = () => '', format = [] }: Besides = {}): Engine => ({
  name: 'kafka',
  port: 19092,
  ports: 2,
  install: (software) => ensureJars(folderOf(software), [`org.apache.kafka:kafka_2.13:${VERSION}`]),
  prepare: async (site) => {
    const { software, folder, port } = site;
    const [data, settings, logging] = [
      join(folder, 'data'),
      join(folder, 'server.properties'),
      join(folder, 'log4j2.xml'),
    ];
    await mkdir(data, { recursive: true, mode: 0o700 });
    await writeFile(settings, settingsOf(port, data) + more(site));
    await writeFile(logging, LOGGING);
    const java = await ensureJava();
    const common = [`-Dlog4j2.configurationFile=${logging}`, '-cp', join(folderOf(software), '*')];
    if (!existsSync(join(data, 'meta.properties'))) {
      const cluster = `A${randomBytes(16).toString('base64url').slice(1)}`; // never a dash first
      await run(java, [
        '-Xmx128m',
        '-XX:TieredStopAtLevel=1',
        ...common,
        'kafka.tools.StorageTool',
        'format',
        '-t',
        cluster,
        '-c',
        settings,
        ...format,
      ]);
    }
    const memory = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    return { program: java, args: [...memory, ...common, 'kafka.Kafka', settings] };
  },
  isReady: async ({ port }) => (await ask(port, API_VERSIONS)).readInt32BE(4) === 7,
  addresses: ({ port }) => ({ brokers: [`${HOST}:${port}`] }),
});

export const kafka = kafkaWith();
