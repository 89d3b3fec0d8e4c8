import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PAYMENT_PROTO, PUBLISHED_PAYMENT_PROTO } from '#contracts/grpc/payment.ts';
import { brokenPromises, promisesOf } from './proto.ts';

describe('payment.proto', () => {
  it('keeps all that was published', () => {
    expect(brokenPromises(PUBLISHED_PAYMENT_PROTO, PAYMENT_PROTO)).toEqual([]);
  });

  it('is published; if this fails alone, copy it to contracts/grpc/published', () => {
    expect(promisesOf(PUBLISHED_PAYMENT_PROTO)).toEqual(promisesOf(PAYMENT_PROTO));
  });
});

describe('a change of a .proto file', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'proto-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const brokenBy = (from: string, to: string): readonly string[] => {
    const text = readFileSync(PUBLISHED_PAYMENT_PROTO, 'utf8');
    expect(text).toContain(from);
    const file = join(dir, 'payment.proto');
    writeFileSync(file, text.replace(from, to));
    return brokenPromises(PUBLISHED_PAYMENT_PROTO, pathToFileURL(file));
  };

  it.each([
    ['renumbers a field', 'string refund_key = 2;', 'string refund_key = 9;'],
    ['gives a field another type', 'int64 amount_minor = 3;', 'string amount_minor = 3;'],
    ['renames a field', 'string reason = 5;', 'string why = 5;'],
    ['drops a field', 'string detail = 2;', ''],
    ['makes a field a list', 'string detail = 2;', 'repeated string detail = 2;'],
    ['takes a field out of its choice', 'Refusal refusal = 2;\n  }', '}\n  Refusal refusal = 2;'],
    ['drops a method', 'rpc Cancel(CancelRequest) returns (CommandAnswer);', ''],
    ['lets a method take something else', 'rpc Cancel(CancelRequest)', 'rpc Cancel(CaptureRequest)'],
    [
      'streams answers',
      'rpc GetPayment(GetPaymentRequest) returns (',
      'rpc GetPayment(GetPaymentRequest) returns (stream ',
    ],
    ['moves to another package', 'package shop.payment.v1;', 'package shop.payment.v2;'],
  ])('breaks a promise when it %s', (_, from, to) => {
    expect(brokenBy(from, to)).not.toEqual([]);
  });

  it.each([
    ['a field', 'string reason = 5;', 'string reason = 5;\n  string note = 6;'],
    ['a method', 'rpc Cancel(', 'rpc Hold(CancelRequest) returns (CommandAnswer);\n  rpc Cancel('],
    ['a remark', '// Captures the money held for the order.', '// Captures what is held for the order.'],
  ])('breaks nothing when it adds %s', (_, from, to) => {
    expect(brokenBy(from, to)).toEqual([]);
  });
});
