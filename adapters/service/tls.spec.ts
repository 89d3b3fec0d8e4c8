import { describe, expect, it } from 'vitest';
import { temporaryFile } from '#test/kit/cleanup.ts';
import { readServerTls, readTls } from './tls.ts';

describe('certificates from files', () => {
  const file = temporaryFile('PEM');
  const pem = Buffer.from('PEM');

  it('are read from the configured files', () => {
    expect(readTls('X', {})).toEqual({});
    expect(readTls('X', { X_CA: file, X_CERT: '', X_KEY: '' })).toEqual({ ca: pem });
    expect(readServerTls('X', { X_CA: file, X_CERT: file, X_KEY: file })).toEqual({
      ca: pem,
      cert: pem,
      key: pem,
    });
  });

  it.each([
    ['X_CA', { X_CA: `${file}.missing` }],
    ['X_KEY', { X_CERT: file }],
    ['X_CERT', { X_KEY: file }],
    ['X_CERT', { X_CA: file }],
  ])('report %s if it is invalid, for a server', (name, env) => {
    expect(() => readServerTls('X', env)).toThrow(`configuration: ${name}:`);
  });
});
