import { compile, type JSONSchema } from 'json-schema-to-typescript';

type Schema = JSONSchema & { $defs?: Record<string, JSONSchema> };

const EVENT_FILE = /^(?<type>.+)\.v(?<version>\d+)\.json$/;

/** `order.placed`, 1 → `OrderPlacedV1`. */
const typeName = (type: string, version: number): string =>
  type.replaceAll(/(?:^|[._-])([a-z])/g, (_, letter: string) => letter.toUpperCase()) + `V${version}`;

/** `other.json#/$defs/x` → `#/$defs/x`: all schemas are compiled as parts of one. */
const localRefs = (json: string): string => json.replaceAll(/"[\w.-]+\.json#\/\$defs\//g, '"#/$defs/');

/** Takes out what the compiler notes about itself in doc comments. */
const withoutNotes = (code: string): string =>
  code
    .replaceAll(/(?: \* *\n)? \* This \w+ was referenced by .*\n \* via the .*\n/g, '')
    .replaceAll(/\/\*\*\n \*\/\n/g, '');

/**
 * The types of all event payloads: an interface per event and version, `EventPayloads` (newest version by event
 * type) and `eventTypes`.
 * @param sources file name → JSON Schema text; files not named `<type>.v<N>.json` bring shared `$defs`
 */
export const eventTypings = async (
  sources: readonly (readonly [name: string, json: string])[],
): Promise<string> => {
  const defs: Record<string, JSONSchema> = {};
  const newest = new Map<string, number>();
  for (const [name, json] of sources) {
    const { $defs = {}, $id: _id, $schema: _schema, ...schema } = JSON.parse(localRefs(json)) as Schema;
    Object.assign(defs, $defs);
    const { type, version = '' } = EVENT_FILE.exec(name)?.groups ?? {};
    if (type === undefined) continue;
    defs[typeName(type, Number(version))] = { ...schema, title: typeName(type, Number(version)) };
    newest.set(type, Math.max(newest.get(type) ?? 0, Number(version)));
  }

  const types = [...newest.keys()].sort();
  const root: Schema = {
    title: 'EventPayloads',
    description: 'The payload of the newest version of each event type.',
    type: 'object',
    additionalProperties: false,
    required: types,
    properties: Object.fromEntries(
      types.map((type) => [type, { $ref: `#/$defs/${typeName(type, newest.get(type) ?? 1)}` }]),
    ),
    $defs: defs,
  };
  const code = await compile(root, 'EventPayloads', {
    bannerComment: '',
    format: false,
    additionalProperties: false,
    ignoreMinAndMaxItems: true, // arrays stay arrays, not tuples
    unreachableDefinitions: true, // older versions
  });
  const list = types.map((type) => `'${type}'`).join(', ');
  return `${withoutNotes(code)}\nexport const eventTypes = [${list}] as const satisfies readonly (keyof EventPayloads)[];\n`;
};
