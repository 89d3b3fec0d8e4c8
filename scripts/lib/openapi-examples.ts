import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Location } from '@redocly/openapi-core/lib/ref-utils.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const makeAjv = (): Ajv2020 => {
  const ajv = new Ajv2020({ strict: false, validateFormats: true });
  addFormats.default(ajv);
  return ajv;
};

/** By folder, since a file refers to its neighbours by their names. */
const byFolder = new Map<string, Ajv2020>();

const ajvOf = (file: URL): Ajv2020 => {
  const folder = new URL('.', file).href;
  const ajv = byFolder.get(folder) ?? makeAjv();
  byFolder.set(folder, ajv);
  for (const one of [file, new URL('common.yaml', folder)])
    if (!ajv.getSchema(one.href)) ajv.addSchema(parse(readFileSync(one, 'utf8')) as object, one.href);
  return ajv;
};

/**
 * Why an example violates the schema at `location`; undefined if it is valid. Unlike Redocly's own check it knows
 * formats.
 */
export const faultOfExample = ({ source, pointer }: Location, example: unknown): string | undefined => {
  const file = pathToFileURL(source.absoluteRef);
  const ajv = ajvOf(file);
  const schema = `${file.href}${pointer.startsWith('#') ? '' : '#'}${encodeURI(pointer)}`;
  try {
    return ajv.validate({ $ref: schema }, example) ? undefined : ajv.errorsText();
  } catch (error) {
    return String(error); // a reference that leads nowhere
  }
};
