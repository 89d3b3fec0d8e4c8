/**
 * `node scripts/infra/provider-schema.ts PACKAGE FILE`: writes the schema of a Terraform provider, as `terraform providers schema -json`
 * has it, from the bindings that CDK for Terraform generated from that schema (`@cdktf/provider-…` on npm). The bindings do not tell
 * which optional attributes the provider fills in (all are marked so), defaults, and what a change replaces.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { resolve } from 'node:path';
import * as cdktf from './cdktf.ts';
import { ephemeralResources, firewallStatement } from './supplement.ts';
import {
  everything,
  ListOf,
  MapOf,
  Readable,
  type Entry,
  type Settable,
  type TerraformType,
} from './cdktf.ts';

interface Attribute {
  readonly type: TerraformType;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly write_only?: true;
}

interface Block {
  readonly attributes: Record<string, Attribute>;
  readonly block_types: Record<string, NestedBlock>;
}

interface NestedBlock {
  readonly nesting_mode: string;
  readonly block: Block;
  readonly min_items?: 1;
  readonly max_items?: 1;
}

type Binding = new (scope: object, id: string, config: object) => object;

type Complex = cdktf.ComplexObject | cdktf.ComplexList;

/** A property of a binding: what reading it returns, and whether it can, or must be set. */
interface Property {
  readonly read: Readable | Complex;
  readonly isSettable: boolean;
  readonly isOptional: boolean;
}

const isComplex = (value: unknown): value is Complex =>
  value instanceof cdktf.ComplexObject || value instanceof cdktf.ComplexList;

/** The properties of a binding by the name of their attribute. */
const propertiesOf = (binding: object): ReadonlyMap<string, Property> => {
  const found = new Map<string, Property>();
  const prototype: unknown = Object.getPrototypeOf(binding);
  for (const [name, accessor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (accessor.get === undefined || name === 'internalValue' || name === 'fqn') continue;
    const read: unknown = Reflect.get(binding, name);
    if (!(read instanceof Readable) && !isComplex(read)) continue;
    const capital = name.charAt(0).toUpperCase() + name.slice(1);
    const isSettable = accessor.set !== undefined || `put${capital}` in binding;
    if (found.has(read.terraformAttribute) && !isSettable) continue; // `xInput` beside `x`
    found.set(read.terraformAttribute, { read, isSettable, isOptional: `reset${capital}` in binding });
  }
  return found;
};

/** The binding of one element. */
const elementOf = (value: Complex): object =>
  value instanceof cdktf.ComplexList
    ? (Reflect.get(value, 'get') as (index: number) => object).call(value, 0)
    : value;

/** What can be read of a value that is not a block. */
const readType = (value: Readable | Complex): TerraformType => {
  if (value instanceof Readable) return value.type;
  const object: TerraformType = [
    'object',
    Object.fromEntries([...propertiesOf(elementOf(value))].map(([name, { read }]) => [name, readType(read)])),
  ];
  if (value instanceof cdktf.ComplexMap) return ['map', object];
  if (value instanceof cdktf.ComplexList) return [value.wrapsSet ? 'set' : 'list', object];
  return object;
};

const settableType = (value: Settable, collection: string): TerraformType => {
  if (value instanceof ListOf)
    return [collection === 'set' ? 'set' : 'list', settableType(value.element, 'list')];
  if (value instanceof MapOf) return ['map', settableType(value.element, 'list')];
  if (typeof value === 'string' || Array.isArray(value)) return value as TerraformType;
  return [
    'object',
    Object.fromEntries(
      Object.entries(value as Readonly<Record<string, Entry>>).map(([name, entry]) => [
        name,
        settableType(entry.value, entry.type),
      ]),
    ),
  ];
};

const isObject = (value: Settable): value is Readonly<Record<string, Entry>> =>
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !(value instanceof ListOf) &&
  !(value instanceof MapOf);

/** The entries of a block, and whether there may be several. */
const asBlock = ({
  value,
  isBlock,
}: Entry): { entries: Readonly<Record<string, Entry>>; isMany: boolean } | undefined => {
  if (!isBlock) return undefined;
  if (isObject(value)) return { entries: value, isMany: false };
  if (value instanceof ListOf && value.isBlock && isObject(value.element))
    return { entries: value.element, isMany: true };
  return undefined;
};

const NESTING: Readonly<Record<string, string>> = { struct: 'single', list: 'list', set: 'set', map: 'map' };

const blockOf = (entries: Readonly<Record<string, Entry>>, binding: object): Block => {
  const block: Block = { attributes: {}, block_types: {} };
  const properties = propertiesOf(binding);
  for (const [name, entry] of Object.entries(entries)) {
    const property = properties.get(name);
    const isRequired = property !== undefined && property.isSettable && !property.isOptional;
    const nested = asBlock(entry);
    if (nested) {
      const nesting = NESTING[entry.type] ?? 'list';
      block.block_types[name] = {
        nesting_mode: nesting,
        block: blockOf(nested.entries, isComplex(property?.read) ? elementOf(property.read) : {}),
        ...(isRequired && nesting !== 'single' && { min_items: 1 }),
        ...(!nested.isMany && nesting !== 'single' && { max_items: 1 }),
      };
    } else {
      const type = isComplex(property?.read)
        ? readType(property.read)
        : settableType(entry.value, entry.type);
      block.attributes[name] = { type, ...usage(name, isRequired) };
    }
  }
  for (const [name, { read, isSettable }] of properties)
    if (!isSettable && !(name in entries)) block.attributes[name] = { type: readType(read), computed: true };
  return block;
};

const usage = (name: string, isRequired: boolean): Omit<Attribute, 'type'> => {
  if (isRequired) return { required: true };
  return name.endsWith('_wo') ? { optional: true, write_only: true } : { optional: true, computed: true };
};

/** Of a provider itself nothing is computed; `alias` is Terraform's own. */
const withoutComputed = ({ attributes, block_types }: Block): Block => ({
  attributes: Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name !== 'alias')
      .map(([name, { computed: _, ...attribute }]) => [name, attribute]),
  ),
  block_types: Object.fromEntries(
    Object.entries(block_types).map(([name, nested]) => [
      name,
      { ...nested, block: withoutComputed(nested.block) },
    ]),
  ),
});

const entriesOf = (binding: object): Readonly<Record<string, Entry>> =>
  (Reflect.get(binding, 'synthesizeHclAttributes') as () => Record<string, Entry>).call(binding);

const BASES = [cdktf.TerraformResource, cdktf.TerraformDataSource, cdktf.TerraformProvider];

const isBinding = (exported: unknown): exported is Binding => {
  if (typeof exported !== 'function') return false;
  const prototype: unknown = Reflect.get(exported, 'prototype');
  return BASES.some((base) => prototype instanceof base);
};

/** Terraform refuses unknown types in sets: what the bindings do not spell out there, the stand-in does not have. */
const isUsable = ({ attributes, block_types }: Block, isInSet = false): boolean =>
  !(isInSet && JSON.stringify(attributes).includes('"dynamic"')) &&
  Object.values(block_types).every(({ block, nesting_mode }) =>
    isUsable(block, isInSet || nesting_mode === 'set'),
  );

/** Adds the statements of firewall rules. */
const supplemented = (type: string, block: Block): Block => {
  const { rule } = block.block_types;
  if (type !== 'aws_wafv2_web_acl' || !rule) return block;
  delete rule.block.attributes['statement'];
  Object.assign(rule.block.block_types, { statement: firewallStatement });
  return block;
};

const [folder = '', file = ''] = process.argv.slice(2);
const stand = new URL('cdktf.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'cdktf' ? { url: stand, shortCircuit: true } : next(specifier, context),
});
const require = createRequire(import.meta.url);
const schema = {
  provider: {},
  resource_schemas: {} as Record<string, object>,
  data_source_schemas: {} as Record<string, object>,
  ephemeral_resource_schemas: folder.endsWith('aws') ? ephemeralResources : {},
};
for (const part of readdirSync(resolve(folder, 'lib'), { withFileTypes: true })) {
  if (!part.isDirectory()) continue;
  const exported = require(resolve(folder, 'lib', part.name, 'index.js')) as object;
  for (const binding of Object.values(exported).filter(isBinding)) {
    const made = new binding(everything, part.name, everything);
    const type = String(Reflect.get(binding, 'tfResourceType'));
    const block = supplemented(type, blockOf(entriesOf(made), made));
    if (!isUsable(block)) continue;
    if (made instanceof cdktf.TerraformProvider)
      schema.provider = { version: 0, block: withoutComputed(block) };
    else if (made instanceof cdktf.TerraformResource) schema.resource_schemas[type] = { version: 0, block };
    else schema.data_source_schemas[type] = { version: 0, block };
  }
}
writeFileSync(file, JSON.stringify(schema));
