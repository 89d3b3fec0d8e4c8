import type { Oas3_1Schema, OasRef, Referenced } from '@redocly/openapi-core';
import type { Oas3MediaType } from '@redocly/openapi-core/lib/typings/openapi.js';
import type { Oas3Visitor } from '@redocly/openapi-core/lib/visitors.js';
import type { UserContext } from '@redocly/openapi-core/lib/walk.js';
import { faultOfExample } from './openapi-examples.ts';

/** What Redocly calls with each node that a rule asks for. */
export type Rule = () => Oas3Visitor;

type Body = Pick<Oas3MediaType<object>, 'example' | 'examples'>;

const isRefTo = (part: Referenced<object> | undefined, name: string): boolean =>
  part !== undefined && '$ref' in part && part.$ref === `common.yaml#/components/${name}`;

/** Each operation declares its callers, even if it is public. */
const saysSecurity: Rule = () => ({
  Operation: (operation, ctx) => {
    if (!('security' in operation))
      ctx.report({ message: '`security` is missing; `[]` means public.', location: ctx.location });
  },
});

interface Consumed {
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly 'x-consumers'?: unknown;
}

/** What services ask each other names who may ask: nobody else is let in. Nothing else has consumers. */
const saysConsumers: Rule = () => ({
  Operation: (operation, ctx) => {
    const { security = [], 'x-consumers': consumers } = operation as Consumed;
    const isForServices = security.some((one) => 'service' in one);
    const isNamed = Array.isArray(consumers) && consumers.length > 0;
    if (isForServices && !isNamed)
      ctx.report({
        message: '`x-consumers` is missing: the services that may call this.',
        location: ctx.location,
      });
    if (!isForServices && consumers !== undefined)
      ctx.report({ message: '`x-consumers` is for what services ask each other.', location: ctx.location });
  },
});

/** A refusal is a problem of `common.yaml`, and each operation says that it can refuse. */
const problemResponses: Rule = () => ({
  Operation: ({ responses }, ctx) => {
    if (!Object.keys(responses).some((status) => status === 'default' || status.startsWith('4')))
      ctx.report({
        message: 'No response for refusals: 4xx or default.',
        location: ctx.location,
      });
  },
  Responses: {
    Response: ({ content = {} }, ctx) => {
      if (/^[123]/.test(String(ctx.key)) || isRefTo(ctx.rawNode as OasRef, 'responses/Problem')) return;
      const [only, ...others] = Object.entries(content);
      const isProblem =
        only?.[0] === 'application/problem+json' && isRefTo(only[1].schema, 'schemas/Problem');
      if (!isProblem || others.length > 0)
        ctx.report({
          message: 'A refusal is application/problem+json with the Problem of common.yaml.',
          location: ctx.location,
        });
    },
  },
});

/** An example of each body, with it or with its schema. */
const bodyExamples: Rule = () => ({
  MediaType: (media, ctx) => {
    const { schema } = media;
    const node = schema && '$ref' in schema ? ctx.resolve<Oas3_1Schema>(schema as OasRef).node : schema;
    const inSchema = (node as Oas3_1Schema | undefined)?.examples ?? [];
    if (![...inSchema, ...examplesBeside(media)].some((example) => example !== undefined))
      ctx.report({ message: 'A body needs an example, beside its schema or in it.', location: ctx.location });
  },
});

const examplesBeside = ({ example, examples = {} }: Body): readonly unknown[] =>
  [example, ...Object.values(examples).map((one) => ('value' in one ? one.value : undefined))].filter(
    (one) => one !== undefined,
  );

/** An example is one of its schema. */
const validExamples: Rule = () => ({
  MediaType: (media, ctx) => {
    if (media.schema === undefined) return;
    for (const example of examplesBeside(media)) {
      const fault = faultOfExample(ctx.location.child('schema'), example);
      if (fault !== undefined)
        ctx.report({ message: `The example is not valid: ${fault}.`, location: ctx.location });
    }
  },
  Schema: (schema, ctx) => {
    for (const example of (schema as Oas3_1Schema).examples ?? []) {
      const fault = faultOfExample(ctx.location, example);
      if (fault !== undefined)
        ctx.report({ message: `The example is not valid: ${fault}.`, location: ctx.location });
    }
  },
});

const BOUNDED_FORMATS = ['uuid', 'date', 'date-time'];

/** What a value of this type needs, so that a client cannot send any amount of it; undefined when it is bounded. */
const missingLimit = (schema: Oas3_1Schema): string | undefined => {
  const types = [schema.type].flat();
  if (schema.const !== undefined || schema.enum) return undefined;
  if (types.includes('string') && schema.maxLength === undefined) {
    const isShort = BOUNDED_FORMATS.includes(schema.format ?? '') || isBounded(schema.pattern);
    return isShort ? undefined : 'maxLength, an enum, or a pattern without + and *';
  }
  if (types.includes('array') && schema.maxItems === undefined) return 'maxItems';
  if (!types.includes('integer') && !types.includes('number')) return undefined;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if ((minimum ?? exclusiveMinimum) === undefined) return 'minimum';
  return (maximum ?? exclusiveMaximum) === undefined ? 'maximum' : undefined;
};

const isBounded = (pattern: string | undefined): boolean =>
  pattern !== undefined && /^\^.*\$$/.test(pattern) && !/[+*]|,\}/.test(pattern.replaceAll(/\\./g, ''));

/** The schemas that a schema is made of. */
const partsOf = (schema: Oas3_1Schema): readonly Referenced<Oas3_1Schema>[] => {
  const { properties = {}, items, additionalProperties, allOf = [], anyOf = [], oneOf = [] } = schema;
  const nested = [items, additionalProperties].filter((part) => typeof part === 'object');
  return [
    ...Object.values(properties),
    ...nested,
    ...allOf,
    ...anyOf,
    ...oneOf,
  ] as Referenced<Oas3_1Schema>[];
};

/** Reports what has no limit in a schema and, wherever their references lead, in its parts. */
const checkLimits = (schema: Referenced<object> | undefined, ctx: UserContext): void => {
  const seen = new Set<object>();
  const visit = (part: Referenced<object>, from?: string): void => {
    const { node, location } = ctx.resolve<Oas3_1Schema>(part, from);
    if (node === undefined || seen.has(node)) return; // what leads nowhere is reported by another rule
    seen.add(node);
    const missing = missingLimit(node);
    if (missing !== undefined)
      ctx.report({ message: `Clients send ${JSON.stringify(node)}; it needs ${missing}.` });
    for (const inner of partsOf(node)) visit(inner, location.source.absoluteRef);
  };
  if (schema) visit(schema);
};

const FORM = 'application/x-www-form-urlencoded';
/** With files. */
const MULTIPART = 'multipart/form-data';

/** Whatever a client sends in JSON or a form has a limit; the text of an import is limited in bytes. */
const requestLimits: Rule = () => ({
  Parameter: ({ schema }, ctx) => checkLimits(schema, ctx),
  RequestBody: ({ content }, ctx) => {
    for (const type of ['application/json', FORM, MULTIPART]) checkLimits(content[type]?.schema, ctx);
  },
});

/** What of the shop an operation may change, as `x-audit` says it. */
const AUDITED = [
  'money',
  'stock',
  'orders',
  'catalogue',
  'accounts',
  'reviews',
  'media',
  'webhooks',
  'operations',
];

/** The security log tells what staff do: an operation for a role says what it changes; reading changes nothing. */
const auditsStaff: Rule = () => ({
  Operation: (operation, ctx) => {
    const audit: unknown = 'x-audit' in operation ? operation['x-audit'] : undefined;
    const isForStaff = (operation.security ?? []).some(({ bearer = [] }) => bearer.length > 0);
    if (ctx.key === 'get' || (audit === undefined && !isForStaff)) return;
    if (typeof audit !== 'string' || !AUDITED.includes(audit))
      ctx.report({
        message: `An operation for staff has x-audit, one of ${AUDITED.join(', ')}.`,
        location: ctx.location,
      });
  },
});

/** The audit trail tells why: what is audited takes the reason, and nothing else does. */
const takesReason: Rule = () => ({
  Operation: (operation, ctx) => {
    const takes = (operation.parameters ?? []).some((one) => isRefTo(one, 'parameters/AuditReason'));
    if (takes !== 'x-audit' in operation)
      ctx.report({
        message: 'Operations with x-audit, and no others, have the parameter AuditReason of common.yaml.',
        location: ctx.location,
      });
  },
});

/** Members of a response that let their holder act for a user. */
const TOKENS = ['access_token', 'refresh_token', 'device_token'];

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema?: Referenced<object> | undefined }>>;
}

/** Those of a response's JSON. */
const propertiesOf = (response: Referenced<Answer> | undefined, ctx: UserContext): object => {
  const schema = response && ctx.resolve(response).node?.content?.['application/json']?.schema;
  return (schema && ctx.resolve<{ readonly properties?: object }>(schema).node?.properties) ?? {};
};

/** The gateway keeps tokens from pages, so it must know which responses contain one. */
const saysTokens: Rule = () => ({
  Operation: (operation, ctx) => {
    const given = 'x-gives-tokens' in operation && operation['x-gives-tokens'] === true;
    const properties = propertiesOf(operation.responses['200'], ctx);
    const has = TOKENS.some((name) => name in properties);
    if (given !== has)
      ctx.report({
        message: `Operations whose success has one of ${TOKENS.join(', ')}, and no others, have x-gives-tokens.`,
        location: ctx.location,
      });
  },
});

/** Faces with a session of their own that are made of pages. */
const PAGES = ['shop'];

/** A page belongs to a client that has pages, and what browsers post to it is a form. */
const belongsToClient: Rule = () => ({
  Operation: (operation, ctx) => {
    if (!('x-pages' in operation)) return;
    if (typeof operation['x-pages'] !== 'string' || !PAGES.includes(operation['x-pages']))
      ctx.report({ message: `x-pages is one of ${PAGES.join(', ')}.`, location: ctx.location });
    const { requestBody } = operation;
    if (!requestBody || !('content' in requestBody)) return;
    if (![FORM, MULTIPART].some((type) => type in requestBody.content))
      ctx.report({ message: `Browsers post ${FORM} or ${MULTIPART}.`, location: ctx.location });
  },
});

/** The rules of this project, by their names in Redocly's configuration (after `shop/`). */
export const SHOP_RULES = {
  'says-security': saysSecurity,
  'says-consumers': saysConsumers,
  'problem-responses': problemResponses,
  'body-examples': bodyExamples,
  'valid-examples': validExamples,
  'request-limits': requestLimits,
  'audits-staff': auditsStaff,
  'takes-reason': takesReason,
  'says-tokens': saysTokens,
  'belongs-to-client': belongsToClient,
} as const satisfies Readonly<Record<string, Rule>>;
