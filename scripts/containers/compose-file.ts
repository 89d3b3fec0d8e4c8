import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

type Env = Readonly<Record<string, string | undefined>>;

const ComposeFile = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      profiles: z.array(z.string()).default([]),
      image: z.string(),
      environment: z.record(z.string(), z.coerce.string()).default({}),
    }),
  ),
});

/** `${NAME}`, `${NAME:-otherwise}`, `${NAME:?what to do}`. */
const VARIABLE = /\$\{(?<name>\w+)(?<mark>:?[-?])?(?<rest>[^}]*)\}/g;

const interpolated = (text: string, env: Env): string =>
  text.replaceAll(VARIABLE, (_match, name: string, mark: string | undefined, rest: string) => {
    const value = env[name];
    if (value !== undefined && !(value === '' && mark?.startsWith(':'))) return value;
    if (mark?.endsWith('?')) throw new Error(`${name}: ${rest}`);
    return mark === undefined ? '' : rest;
  });

/** `compose.yaml`, as it is before variables are replaced. */
export const readCompose = (): unknown => {
  const text = readFileSync(new URL('../../compose.yaml', import.meta.url), 'utf8');
  return parse(text, { merge: true, maxAliasCount: -1 });
};

/** The services of `compose.yaml` that are ours, with their environment as it is for `env`. */
export const shopServices = (env: Env): ReadonlyMap<string, Readonly<Record<string, string>>> => {
  const { services } = ComposeFile.parse(readCompose());
  return new Map(
    Object.entries(services)
      .filter(([, { image }]) => image.startsWith('shop/'))
      .map(([name, { environment }]) => [
        name,
        Object.fromEntries(
          Object.entries(environment).map(([variable, value]) => [variable, interpolated(value, env)]),
        ),
      ]),
  );
};
