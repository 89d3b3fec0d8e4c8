import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { PAYMENT_PROTO, PUBLISHED_PAYMENT_PROTO } from '#contracts/grpc/payment.ts';

const [current, published] = [PAYMENT_PROTO, PUBLISHED_PAYMENT_PROTO].map((file) =>
  readFileSync(file, 'utf8'),
) as [string, string];

/** A field or method is a promise as a whole: what it does not say, such as `repeated`, it must not say later either. */
const asPromise = (_: string, part: unknown): unknown => {
  if (Array.isArray(part)) return Object.fromEntries(part.map((name) => [name, true])); // of `oneof`, which may grow
  const { id, requestType } = Object(part) as protobuf.IField & protobuf.IMethod;
  return typeof id === 'number' || typeof requestType === 'string' ? JSON.stringify(part) : part;
};

/** What a `.proto` file promises to its callers, as nested objects. */
const promisesOf = (proto: string): object =>
  JSON.parse(JSON.stringify(protobuf.parse(proto, { keepCase: true }).root), asPromise) as object;
const PUBLISHED = promisesOf(published);

describe('payment.proto', () => {
  it('keeps everything that was published, and may add to it', () => {
    expect(promisesOf(current)).toMatchObject(PUBLISHED);
  });

  it('is published; if this fails alone, copy it to contracts/grpc/published', () => {
    expect(PUBLISHED).toEqual(promisesOf(current));
  });

  it.each([
    ['string refund_key = 2;', 'string refund_key = 9;'],
    ['int64 amount_minor = 3;', 'string amount_minor = 3;'],
    ['string detail = 2;', 'repeated string detail = 2;'],
    ['Refusal refusal = 2;\n  }', '}\n  Refusal refusal = 2;'],
    ['rpc Cancel(CancelRequest) returns (CommandAnswer);', ''],
    ['returns (CommandAnswer)', 'returns (stream CommandAnswer)'],
    ['package shop.payment.v1;', 'package shop.payment.v2;'],
  ])('breaks compatibility if %j becomes %j', (from, to) => {
    expect(published).toContain(from);
    expect(promisesOf(published.replace(from, to))).not.toMatchObject(PUBLISHED);
  });

  it('stays compatible if a field is added', () => {
    const more = published.replace('Refusal refusal = 2;', 'Refusal refusal = 2; string hint = 77;');
    expect(promisesOf(more)).toMatchObject(PUBLISHED);
    expect(promisesOf(more)).not.toEqual(PUBLISHED);
  });
});
