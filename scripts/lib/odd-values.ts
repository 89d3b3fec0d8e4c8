import { operationsOf, type Method, type Operation, type Spec } from '#adapters/http/spec.ts';
import type { Known } from './fuzz-settings.ts';

/** A request with one odd value in it. */
export interface OddRequest {
  readonly operationId: string;
  readonly method: Method;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly examples?: readonly unknown[];
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}

interface Described extends Operation {
  readonly parameters?: readonly (Parameter & object)[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
}

/** What is written for a number where there is none that a store takes, or just one. */
export const ODD_NUMBERS: readonly string[] = [
  '0', '-0', '-1', '1e400', '-1e400', '1e308', '1e-400', '9007199254740993', '-9223372036854775809',
  '2147483648', '4294967296', '0.1', '1.0000000000000001', '00', '0x10',
  'Infinity', '-Infinity', 'NaN', 'null', '', ' ', '１', '1,5', `1${'0'.repeat(400)}`,
]; // prettier-ignore

/** Those that are numbers in JSON. */
const JSON_NUMBERS = ODD_NUMBERS.filter((text) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text));

export const ODD_DATES: readonly string[] = [
  '0000-01-01T00:00:00Z', '0000-00-00T00:00:00Z', '-000001-01-01T00:00:00Z', '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59.999Z', '1969-12-31T23:59:59Z', '2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:60Z',
  '2026-01-01T00:00:00+99:99', '2026-01-01', 'now', 'infinity',
]; // prettier-ignore

const ID = '0190a000-0000-7000-8000-000000000001';

/** The lists that cursors are of, and what a cursor of each might hold. */
const LISTS = [
  'newest',
  'name',
  'price_asc',
  'price_desc',
  'orders',
  'stock',
  'stock:low',
  `adjustments:${ID}`,
];
const CURSOR_VALUES: readonly unknown[] = [
  ...ODD_DATES, 'a\0b', '\ud800', 'x'.repeat(1_500), '', null, true, {}, [], -1, 0, 1e300, 2 ** 53, -(2 ** 63), 0.5,
]; // prettier-ignore

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const ODD_CURSORS: readonly string[] = [
  ...LISTS.flatMap((list) => CURSOR_VALUES.map((value) => encoded([list, value, ID]))),
  ...['', 'no id', ID.toUpperCase(), null, 7].map((id) => encoded(['newest', '2026-01-01T00:00:00Z', id])),
  ...[null, [], {}, 7, 'text', ['newest'], ['newest', 1, 2, 3, 4]].map(encoded),
  Buffer.from('["newest",1e400,"').toString('base64url'),
  'nonsense', '=', '%', '../..', 'AA==', '\u{1f600}', 'A'.repeat(3_001), 'W'.repeat(8_000),
]; // prettier-ignore

/** Every operation of `document` with each odd value in each place for a number, a date or a cursor, one at a time. */
export const oddRequests = (document: Spec, known: Known): readonly OddRequest[] =>
  operationsOf(document).flatMap(({ method, path, operation }) => {
    const at = new Place(document, known, method, path, operation as Described);
    return [...at.ofParameters(), ...at.ofBody()];
  });

/** An operation, and how a good request to it looks. */
class Place {
  readonly #document: Spec;
  readonly #known: Known;
  readonly #method: Method;
  readonly #path: string;
  readonly #operation: Described;

  constructor(document: Spec, known: Known, method: Method, path: string, operation: Described) {
    this.#document = document;
    this.#known = known;
    this.#method = method;
    this.#path = path;
    this.#operation = operation;
  }

  ofParameters(): readonly OddRequest[] {
    return this.#parameters().flatMap((parameter) =>
      oddOf(parameter, this.#follow(parameter.schema)).map((value) =>
        this.#request({ [parameter.name]: value }),
      ),
    );
  }

  ofBody(): readonly OddRequest[] {
    const body = this.#goodBody();
    if (typeof body !== 'object' || body === null) return [];
    return placesIn(body).flatMap(({ path, kind }) =>
      (kind === 'number' ? JSON_NUMBERS : ODD_DATES.map((date) => JSON.stringify(date))).map((literal) =>
        this.#request({}, written(body, path, literal)),
      ),
    );
  }

  #request(values: Readonly<Record<string, string>>, body?: string): OddRequest {
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    let path = this.#path;
    for (const { name, in: place, required = false } of this.#parameters()) {
      const value = values[name] ?? (required || place === 'path' ? this.#good(name) : undefined);
      if (value === undefined) continue;
      if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()));
      else if (place === 'query') query.append(name, value);
      else if (/^[\x20-\x7e]*$/.test(value)) headers[name] = value;
    }
    const good = this.#goodBody();
    return {
      operationId: this.#operation.operationId,
      method: this.#method,
      path: query.size === 0 ? path : `${path}?${query.toString()}`,
      headers: good === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body ?? (good === undefined ? undefined : JSON.stringify(good)),
    };
  }

  #good(name: string): string {
    return this.#known[name]?.[0] ?? ID;
  }

  #parameters(): readonly Parameter[] {
    const shared = (this.#document.paths[this.#path]?.parameters ?? []) as readonly Parameter[];
    return [...shared, ...(this.#operation.parameters ?? [])].map((one) => this.#follow(one));
  }

  /** As the document gives it for an example. */
  #goodBody(): unknown {
    const media = this.#operation.requestBody?.content?.['application/json'];
    return media && (media.example ?? this.#follow(media.schema)?.examples?.[0]);
  }

  #follow<T extends { readonly $ref?: string } | undefined>(part: T): T {
    const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(\w+)$/.exec(part?.$ref ?? '') ?? [];
    return (this.#document.components[kind]?.[name] as T | undefined) ?? part;
  }
}

const oddOf = ({ name }: Parameter, schema: Schema | undefined): readonly string[] => {
  const types = [schema?.type].flat();
  if (name === 'cursor') return ODD_CURSORS;
  if (types.includes('integer') || types.includes('number')) return ODD_NUMBERS;
  if (schema?.format === 'date-time' || schema?.format === 'date') return ODD_DATES;
  return ['Last-Event-ID', 'If-Match'].includes(name)
    ? ODD_NUMBERS.flatMap((text) => [text, `"${text}"`])
    : [];
};

interface Spot {
  readonly path: readonly string[];
  readonly kind: 'number' | 'date';
}

/** Where numbers and dates stand in a value. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly Spot[] => {
  if (typeof value === 'number') return [{ path, kind: 'number' }];
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)) return [{ path, kind: 'date' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]));
};

/** `value` as JSON, with `literal` at `path`: what no number of JavaScript could be written as. */
const written = (value: unknown, path: readonly string[], literal: string): string => {
  const [key, ...rest] = path;
  if (key === undefined) return literal;
  if (Array.isArray(value))
    return `[${value.map((part, index) => (String(index) === key ? written(part, rest, literal) : JSON.stringify(part))).join()}]`;
  const parts = Object.entries(value as Record<string, unknown>).map(
    ([name, part]) =>
      `${JSON.stringify(name)}:${name === key ? written(part, rest, literal) : JSON.stringify(part)}`,
  );
  return `{${parts.join()}}`;
};
