import { describe, expect, it } from '@jest/globals';
import { readKafkaSettings } from './settings.ts';

const DAY_MS = 86_400_000;

describe('the settings of Kafka', () => {
  it('need the brokers alone', () => {
    expect(readKafkaSettings({ KAFKA_BROKERS: 'one:9092, two:9092' })).toEqual({
      brokers: ['one:9092', 'two:9092'],
      prefix: '',
      partitions: 6,
      replicas: -1,
      retentionMs: 7 * DAY_MS,
    });
  });

  it.each([undefined, '', 'nowhere', 'one:9092,,'])('refuse the brokers %j', (brokers) => {
    expect(() => readKafkaSettings({ KAFKA_BROKERS: brokers })).toThrow('KAFKA_BROKERS');
  });

  it('refuse to keep events for longer than an inbox remembers them', () => {
    const env = { KAFKA_BROKERS: 'one:9092', KAFKA_RETENTION_MS: String(30 * DAY_MS) };
    expect(() => readKafkaSettings(env)).toThrow('KAFKA_RETENTION_MS');
  });
});
