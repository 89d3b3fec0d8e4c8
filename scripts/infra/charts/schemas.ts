/**
 * JSON Schemas for kubeconform, each a file `kind-group-version.json`: of Kubernetes' own kinds from its OpenAPI document, of others from
 * their definitions (CRDs). Strict: unknown fields are errors.
 */
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

interface Schema {
  readonly [key: string]: unknown;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where all definitions of Kubernetes are, to which the files of its kinds refer. */
const DEFINITIONS = '_definitions.json';

/** Definitions that are not as their schema says, by the end of their name. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  'api.resource.Quantity': { type: ['string', 'number', 'null'] },
  'util.intstr.IntOrString': { type: ['string', 'integer', 'null'] },
  '.JSON': {},
  RawExtension: {},
};

/** What says nothing about validity, or that JSON Schema does not know. */
const LEFT_OUT = /^(?:description|default|x-kubernetes-.*|format|nullable|example|title)$/;

const mapped = (schemas: unknown): Schema =>
  isSchema(schemas)
    ? Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, strict(one)]))
    : {};

/** A schema of OpenAPI as one of JSON Schema, without fields that it does not name. Null is as good as nothing to the API server. */
const strict = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(strict);
  if (!isSchema(schema)) return schema;
  const { $ref: ref, properties, type } = schema;
  if (typeof ref === 'string') return { $ref: DEFINITIONS + ref };
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string', 'null'] };
  const kept = Object.entries(schema).filter(([key]) => !LEFT_OUT.test(key));
  const isOpen = 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...Object.fromEntries(
      kept.map(([key, value]) => [
        key,
        ['items', 'additionalProperties'].includes(key) ? strict(value) : value,
      ]),
    ),
    ...(typeof type === 'string' && { type: [type, 'null'] }),
    ...(Array.isArray(schema['enum']) && { enum: [...(schema['enum'] as unknown[]), null] }),
    ...(properties !== undefined && {
      properties: mapped(properties),
      ...(!isOpen && { additionalProperties: false }),
    }),
  };
};

const write = (
  folder: string,
  { kind, group, version }: z.infer<typeof Kind>,
  schema: Schema,
): Promise<void> => {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
  const whole = {
    ...schema,
    type: 'object',
    properties: {
      ...properties,
      apiVersion: { enum: [group === '' ? version : `${group}/${version}`] },
      kind: { enum: [kind] },
      // Definitions of others only say that it is an object.
      metadata: { $ref: `${DEFINITIONS}#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta` },
    },
    required: [...new Set([...required, 'apiVersion', 'kind', 'metadata'])],
  };
  const name = [kind.toLowerCase(), group.split('.')[0], version].filter((part) => part !== '').join('-');
  return writeFile(join(folder, `${name}.json`), JSON.stringify(whole));
};

const Kind = z.object({ group: z.string(), version: z.string(), kind: z.string() });

const OpenApi = z.object({
  definitions: z.record(
    z.string(),
    z.looseObject({ 'x-kubernetes-group-version-kind': z.array(Kind).default([]) }),
  ),
});

/** Writes the schemas of Kubernetes. @param file its `swagger.json` */
export const writeKubernetesSchemas = async (folder: string, file: string): Promise<void> => {
  const { definitions } = OpenApi.parse(JSON.parse(await readFile(file, 'utf8')));
  const made = new Map<string, Schema>();
  for (const [name, definition] of Object.entries(definitions)) {
    const [, special] = Object.entries(SPECIAL).find(([end]) => name.endsWith(end)) ?? [];
    const schema = special ?? strict(definition);
    if (isSchema(schema)) made.set(name, schema);
  }
  await writeFile(join(folder, DEFINITIONS), JSON.stringify({ definitions: Object.fromEntries(made) }));
  for (const [name, { 'x-kubernetes-group-version-kind': kinds }] of Object.entries(definitions)) {
    const [kind, ...others] = kinds;
    // Those of many groups, such as DeleteOptions, are no resources.
    if (kind && others.length === 0) await write(folder, kind, made.get(name) ?? {});
  }
};

const Crd = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(
      z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: z.looseObject({}) }).optional() }),
    ),
  }),
});

/** Writes the schemas of the resources that are defined in files. @param files a pattern */
export const writeCrdSchemas = async (folder: string, files: string): Promise<void> => {
  const found = globSync(files);
  if (found.length === 0) throw new Error(`${files}: there are none`);
  for (const file of found)
    for (const document of parseAllDocuments(await readFile(file, 'utf8'))) {
      const { success, data } = Crd.safeParse(document.toJS());
      if (!success) continue;
      const { group, names, versions } = data.spec;
      for (const { name: version, schema } of versions) {
        const strictly = strict(schema?.openAPIV3Schema);
        if (isSchema(strictly)) await write(folder, { kind: names.kind, group, version }, strictly);
      }
    }
};
