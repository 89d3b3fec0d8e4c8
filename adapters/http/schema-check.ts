import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AnyValidateFunction } from 'ajv/dist/types/index.js';
import addFormats from 'ajv-formats';
import { err, ok, type Result } from '#kernel/result.ts';
import { isDay, isMoment } from './moment.ts';
import { parseYaml } from './parse-yaml.ts';

const FOLDER = new URL('../../openapi/', import.meta.url);

/** Only the first errors are reported. */
const MOST_ERRORS = 10;

let shared: Ajv2020 | undefined;

/** Holds OpenAPI files by name, so that their references resolve; each is loaded at its first use. */
const ajvWith = (...files: readonly string[]): Ajv2020 => {
  if (!shared) {
    shared = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    addFormats.default(shared);
    shared.addFormat('date', { type: 'string', validate: isDay });
    shared.addFormat('date-time', { type: 'string', validate: isMoment });
  }
  for (const file of files)
    if (!shared.schemas[file])
      shared.addSchema(parseYaml(readFileSync(new URL(file, FOLDER), 'utf8')) as object, file);
  return shared;
};

/** Validates data from outside a request (such as a line of a file) against a schema of an OpenAPI file. */
export const schemaCheck = <T>(file: string, schema: string) => {
  let compiled: AnyValidateFunction<T> | undefined;
  return (value: unknown): Result<T, readonly string[]> => {
    const validate = (compiled ??= compile<T>(file, schema));
    const isValid = (data: unknown): data is T => validate(data) === true;
    if (isValid(value)) return ok(value);
    return err(
      (validate.errors ?? []).slice(0, MOST_ERRORS).map(({ instancePath, message = '', params }) => {
        const extra: unknown = params['additionalProperty'];
        return `${instancePath || '/'} ${message}${typeof extra === 'string' ? `: ${extra}` : ''}`;
      }),
    );
  };
};

const compile = <T>(file: string, schema: string): AnyValidateFunction<T> => {
  const validate = ajvWith('common.yaml', file).getSchema<T>(`${file}#/components/schemas/${schema}`);
  if (!validate) throw new Error(`${file} has no schema ${schema}`);
  return validate;
};
