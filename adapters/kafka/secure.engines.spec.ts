import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testConsumer } from '#adapters/messaging/event-bus.contract.ts';
import type { Engine, Site } from '#scripts/engines/engine.ts';
import { kafkaWith } from '#scripts/engines/kafka.ts';
import { makeAuthority, type Certificate } from '#test/kit/certificates.ts';
import { temporaryFile } from '#test/kit/cleanup.ts';
import { goneEnvelope, versionsOf } from '#test/kit/events.ts';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import { makeLogger } from '../observability/logger.ts';
import type { KafkaBus } from './kafka-bus.ts';
import { openKafkaBus } from './open-kafka-bus.ts';

const PASSWORD = `right-${randomUUID()}`;
const WRONG = 'a wrong password';

/** A value of several lines, as .properties files write it. */
const inline = (pem: string): string => pem.trim().replaceAll(/\r?\n/g, '\\n');

/** A broker that requires TLS with a client certificate of `authority`, and a password; unencrypted for itself. */
const secureKafka = (authority: Certificate, own: Certificate): Engine => {
  const inner = ({ port }: Pick<Site, 'port'>): number => port + 2;
  const plain = kafkaWith({
    format: ['--add-scram', `SCRAM-SHA-512=[name=shop,password=${PASSWORD}]`],
    settings: (site) => `
listeners=SASL_SSL://127.0.0.1:${site.port},CONTROLLER://127.0.0.1:${site.port + 1},PLAINTEXT://127.0.0.1:${inner(site)}
advertised.listeners=SASL_SSL://localhost:${site.port},PLAINTEXT://127.0.0.1:${inner(site)}
listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_shop="${PASSWORD}";
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl_ssl.ssl.client.auth=required
ssl.keystore.type=PEM
ssl.keystore.certificate.chain=${inline(own.cert)}
ssl.keystore.key=${inline(own.key)}
ssl.truststore.type=PEM
ssl.truststore.certificates=${inline(authority.cert)}
`,
  });
  return {
    ...plain,
    ports: 3,
    isReady: (site) => plain.isReady({ ...site, port: inner(site) }),
    addresses: ({ port }) => ({ brokers: [`localhost:${port}`] }),
  };
};

describe('Kafka with TLS and a password', () => {
  const log = temporaryFile('');
  const logger = makeLogger({ service: 'test', level: 'debug', destination: log });
  const opened: KafkaBus[] = [];
  let server: PrivateEngine;
  let right: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const authority = await makeAuthority();
    server = await startPrivateEngine(secureKafka(authority, await authority.issue('kafka')));
    const { brokers } = z.object({ brokers: z.array(z.string()) }).parse(server.addresses);
    const own = await authority.issue('shop');
    right = {
      KAFKA_BROKERS: brokers.join(),
      KAFKA_PARTITIONS: '1',
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA: temporaryFile(authority.cert),
      KAFKA_TLS_CERT: temporaryFile(own.cert),
      KAFKA_TLS_KEY: temporaryFile(own.key),
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_USERNAME: 'shop',
      KAFKA_SASL_PASSWORD: PASSWORD,
    };
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.stop()));
  });

  const open = (env: Readonly<Record<string, string>>): KafkaBus => {
    const bus = openKafkaBus(env, logger);
    opened.push(bus);
    return bus;
  };
  const failure = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const error: unknown = await open(env)
      .start()
      .catch((reason: unknown) => reason);
    if (!(error instanceof Error)) throw new Error('it has started');
    return error.message;
  };

  it.each(['SCRAM-SHA-512', 'PLAIN'])(
    'carries the events of a client with both, by %s',
    async (mechanism) => {
      const bus = open({ ...right, KAFKA_PREFIX: `${randomUUID()}.`, KAFKA_SASL_MECHANISM: mechanism });
      const mail = testConsumer('mail');
      bus.subscribe(mail.subscription);
      await bus.start();
      await bus.publish([goneEnvelope(7)]);
      await bus.caughtUp('mail');
      expect(versionsOf(mail.received)).toEqual([7]);
    },
  );

  it.each(['SCRAM-SHA-512', 'PLAIN', 'SCRAM-SHA-256'])(
    'fails the start with a wrong password, by %s',
    async (mechanism) => {
      const wrong = { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_PASSWORD: WRONG };
      const message = await failure({ ...right, ...wrong });
      expect(message).toContain('KAFKA_SASL_');
    },
  );

  it('fails the start without a client certificate', async () => {
    const { KAFKA_TLS_CERT: _, KAFKA_TLS_KEY: __, ...bare } = right;
    const message = await failure(bare);
    expect(message).toContain('KAFKA_TLS_');
  });

  it('fails the start of a client that does not trust its certificate', async () => {
    const other = await makeAuthority('Another');
    const message = await failure({ ...right, KAFKA_TLS_CA: temporaryFile(other.cert) });
    expect(message).toContain('KAFKA_TLS_');
  });

  it('fails the start of a client without TLS', async () => {
    const message = await failure({ KAFKA_BROKERS: right['KAFKA_BROKERS'] ?? '' });
    expect(message).toContain('KAFKA_TLS');
  });

  it('does not log the password', async () => {
    await new Promise((resolve) => {
      logger.flush(resolve);
    });
    const said = readFileSync(log, 'utf8');
    expect(said).not.toContain(PASSWORD);
    expect(said).not.toContain(WRONG);
  });
});
