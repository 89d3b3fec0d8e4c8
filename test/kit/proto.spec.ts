import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { PAYMENT_PROTO, PUBLISHED_PAYMENT_PROTO } from '#contracts/grpc/payment.ts';

/** What one part of a `.proto` file promises, and the parts inside it. */
const linesOf = (part: protobuf.ReflectionObject): readonly string[] => {
  const name = part.fullName.slice(1);
  const inside = part instanceof protobuf.Namespace ? part.nestedArray.flatMap(linesOf) : [];
  if (part instanceof protobuf.Service)
    return part.methodsArray.map((method) => {
      const { requestStream, responseStream, requestType, responseType } = method;
      const [asked, answered] = [requestStream, responseStream].map((is) => (is === true ? 'stream ' : ''));
      return `rpc ${name}.${method.name}(${asked}${requestType}) returns (${answered}${responseType})`;
    });
  if (part instanceof protobuf.Enum)
    return Object.entries(part.values).map(([value, number]) => `value ${name}.${value} = ${number}`);
  if (!(part instanceof protobuf.Type)) return inside;
  const fields = part.fieldsArray.map((field) => {
    const { id, type, repeated, map, partOf } = field;
    const rule = [repeated ? 'repeated' : '', map ? 'map' : '', partOf ? `one of ${partOf.name}` : ''];
    return `field ${name}.${field.name} = ${id} ${[...rule, type].filter(Boolean).join(' ')}`;
  });
  return [`message ${name}`, ...fields, ...inside];
};

/** What a `.proto` file promises, line by line: its callers rely on each of them. */
const promisesOf = (proto: string): readonly string[] =>
  linesOf(protobuf.parse(proto, { keepCase: true }).root).toSorted();

const [current, published] = [PAYMENT_PROTO, PUBLISHED_PAYMENT_PROTO].map((file) =>
  readFileSync(file, 'utf8'),
) as [string, string];

/** Promises of the published file that are gone. Adding fields, messages and methods breaks nothing. */
const brokenIn = (proto: string): readonly string[] => {
  const kept = new Set(promisesOf(proto));
  return promisesOf(published).filter((line) => !kept.has(line));
};

describe('payment.proto', () => {
  it('keeps all that was published', () => {
    expect(brokenIn(current)).toEqual([]);
  });

  it('is published; if this fails alone, copy it to contracts/grpc/published', () => {
    expect(promisesOf(published)).toEqual(promisesOf(current));
  });

  it.each([
    ['string refund_key = 2;', 'string refund_key = 9;'],
    ['int64 amount_minor = 3;', 'string amount_minor = 3;'],
    ['string detail = 2;', 'repeated string detail = 2;'],
    ['Refusal refusal = 2;\n  }', '}\n  Refusal refusal = 2;'],
    ['rpc Cancel(CancelRequest) returns (CommandAnswer);', ''],
    ['returns (CommandAnswer)', 'returns (stream CommandAnswer)'],
    ['package shop.payment.v1;', 'package shop.payment.v2;'],
  ])('breaks a promise where %j becomes %j', (from, to) => {
    expect(published).toContain(from);
    expect(brokenIn(published.replace(from, to))).not.toEqual([]);
  });
});
