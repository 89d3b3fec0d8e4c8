import { describe, expect, it } from 'vitest';
import { temporaryFile } from '#test/kit/cleanup.ts';
import { readKafkaSettings } from './settings.ts';

const DAY_MS = 86_400_000;

describe('the settings of Kafka', () => {
  it('require only the brokers', () => {
    expect(readKafkaSettings({ KAFKA_BROKERS: 'one:9092, two:9092' })).toEqual({
      brokers: ['one:9092', 'two:9092'],
      security: {},
      prefix: '',
      partitions: 6,
      replicas: -1,
      retentionMs: 7 * DAY_MS,
    });
  });

  it.each([undefined, '', 'nowhere', 'one:9092,,'])('refuse the brokers %j', (brokers) => {
    expect(() => readKafkaSettings({ KAFKA_BROKERS: brokers })).toThrow('KAFKA_BROKERS');
  });

  it('refuse to keep events longer than an inbox remembers them', () => {
    const env = { KAFKA_BROKERS: 'one:9092', KAFKA_RETENTION_MS: String(30 * DAY_MS) };
    expect(() => readKafkaSettings(env)).toThrow('KAFKA_RETENTION_MS');
  });
});

describe('the security of Kafka', () => {
  const file = temporaryFile('PEM');
  const securityOf = (env: Readonly<Record<string, string>>) =>
    readKafkaSettings({ KAFKA_BROKERS: 'one:9092', ...env }).security;
  const SASL = {
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: 'shop',
    KAFKA_SASL_PASSWORD: 'secret',
  };

  it('is TLS with Node’s certificate authorities, or with files', () => {
    expect(securityOf({ KAFKA_TLS: 'false' })).toEqual({});
    expect(securityOf({ KAFKA_TLS: 'true' })).toEqual({ tls: {} });
    const names = { KAFKA_TLS_CA: file, KAFKA_TLS_CERT: file, KAFKA_TLS_KEY: file };
    const pem = Buffer.from('PEM');
    expect(securityOf({ KAFKA_TLS: 'true', ...names })).toEqual({ tls: { ca: pem, cert: pem, key: pem } });
  });

  it('is a user name and a password', () => {
    expect(securityOf(SASL)).toEqual({
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'shop', password: 'secret' },
    });
  });

  it.each([
    ['KAFKA_TLS', { KAFKA_TLS: 'perhaps' }],
    ['KAFKA_TLS', { KAFKA_TLS_CA: file }],
    ['KAFKA_TLS_CA', { KAFKA_TLS: 'true', KAFKA_TLS_CA: `${file}.missing` }],
    ['KAFKA_TLS_KEY', { KAFKA_TLS: 'true', KAFKA_TLS_CERT: file }],
    ['KAFKA_TLS_CERT', { KAFKA_TLS: 'true', KAFKA_TLS_KEY: file }],
    ['KAFKA_SASL_MECHANISM', { ...SASL, KAFKA_SASL_MECHANISM: 'GSSAPI' }],
    ['KAFKA_SASL_MECHANISM', { KAFKA_SASL_PASSWORD: 'secret' }],
    ['KAFKA_SASL_USERNAME', { ...SASL, KAFKA_SASL_USERNAME: '' }],
    ['KAFKA_SASL_PASSWORD', { ...SASL, KAFKA_SASL_PASSWORD: '' }],
  ])('reports %s if it is invalid, without revealing a secret', (name, env) => {
    expect(() => securityOf(env)).toThrow(`configuration: ${name}:`);
    expect(() => securityOf(env)).not.toThrow('secret');
  });
});
