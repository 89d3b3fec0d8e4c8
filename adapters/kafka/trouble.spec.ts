import { describe, expect, it } from 'vitest';
import { unusable } from './trouble.ts';

/** As the library wraps what Node, or it, has found. */
const wrapped = (cause: object): Error =>
  new AggregateError(
    [new AggregateError([new Error('Connection failed.', { cause })], 'No broker.')],
    'Listing topics failed.',
  );
const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('a failure to reach Kafka', () => {
  it.each([
    ['PLT_KFK_AUTHENTICATION', 'KAFKA_SASL_PASSWORD'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'KAFKA_TLS_CA'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'KAFKA_TLS_CERT'],
    ['PLT_KFK_USER', 'KAFKA_TLS'],
    ['ECONNREFUSED', 'KAFKA_BROKERS'],
  ])('is reported with the settings to check: %s', (code, setting) => {
    const { message } = unusable(['one:9092'], wrapped(coded(code, 'what it is')));
    expect(message).toContain('one:9092');
    expect(message).toContain('what it is');
    expect(message).toContain(setting);
  });

  it('is reported by its root cause, credentials first', () => {
    const denied = coded('PLT_KFK_AUTHENTICATION', 'denied');
    const both = new AggregateError([wrapped(coded('ECONNREFUSED', 'refused')), wrapped(denied)], 'both');
    expect(unusable([], both).message).toContain('denied');
    expect(unusable([], wrapped(new Error('deep'))).message).toContain('deep');
    expect(unusable([], 'a text').message).toContain('a text');
  });
});
