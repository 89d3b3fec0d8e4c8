import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ensureGoProgram } from '../../engines/install/go.ts';
import { run } from '../../engines/install/run.ts';
import { CACHE } from '../tools.ts';

/** The Lua in which Argo CD runs them. */
const LUA = { module: 'github.com/yuin/gopher-lua', version: 'v1.1.2', path: './cmd/glua' };

const CONFIG = new URL('../../../deploy/argocd/install/argocd-cm.yaml', import.meta.url);
const Config = z.object({ data: z.record(z.string(), z.string()) });

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const luaOf = (value: Json): string => {
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = Array.isArray(value)
    ? value.map((one: Json) => luaOf(one))
    : Object.entries(value).map(([key, one]) => `[${JSON.stringify(key)}] = ${luaOf(one)}`);
  return `{ ${fields.join(', ')} }`;
};

const application = (targetRevision: string, status: { readonly [key: string]: Json }): Json => ({
  spec: { source: { targetRevision } },
  status,
});
const at = (targetRevision: string): Json => ({ source: { targetRevision } });
const WELL = { status: 'Healthy' };

/** Resources as they are in a cluster, and how they should be judged. */
const CASES: readonly { readonly kind: string; readonly object: Json; readonly health: string }[] = [
  {
    kind: 'argoproj.io_Application',
    object: { spec: { source: { targetRevision: 'b' } } },
    health: 'Progressing',
  },
  {
    kind: 'argoproj.io_Application', // it has not seen its new version yet
    object: application('b', { health: WELL, sync: { status: 'Synced', comparedTo: at('a') } }),
    health: 'Progressing',
  },
  {
    kind: 'argoproj.io_Application',
    object: application('b', { health: WELL, sync: { status: 'OutOfSync', comparedTo: at('b') } }),
    health: 'Progressing',
  },
  {
    kind: 'argoproj.io_Application', // the version before failed
    object: application('b', {
      health: WELL,
      sync: { status: 'OutOfSync', comparedTo: at('b') },
      operationState: { phase: 'Failed', syncResult: at('a') },
    }),
    health: 'Progressing',
  },
  {
    kind: 'argoproj.io_Application',
    object: application('b', {
      health: WELL,
      sync: { status: 'OutOfSync', comparedTo: at('b') },
      operationState: { phase: 'Failed', message: 'a migration', syncResult: at('b') },
    }),
    health: 'Degraded',
  },
  {
    kind: 'argoproj.io_Application',
    object: application('b', { health: WELL, sync: { status: 'Synced', comparedTo: at('b') } }),
    health: 'Healthy',
  },
  {
    kind: 'argoproj.io_Application',
    object: application('b', {
      health: { status: 'Degraded' },
      sync: { status: 'Synced', comparedTo: at('b') },
    }),
    health: 'Degraded',
  },
  { kind: 'networking.k8s.io_Ingress', object: { status: { loadBalancer: {} } }, health: 'Healthy' },
];

/**
 * Runs the health checks of our kinds on examples; returns how many there are, throws where one is judged wrongly.
 * @param change of a check, for a canary
 */
export const checkHealth = async (change = (judge: string): string => judge): Promise<number> => {
  const folder = join(CACHE, `lua-${LUA.version}`);
  await mkdir(CACHE, { recursive: true });
  await ensureGoProgram(folder, LUA);
  const { data } = Config.parse(parse(readFileSync(CONFIG, 'utf8')));
  for (const { kind, object, health } of CASES) {
    const judge = data[`resource.customizations.health.${kind}`];
    if (judge === undefined) throw new Error(`there is no health check of ${kind}`);
    const script = join(folder, 'health.lua');
    await writeFile(script, `obj = ${luaOf(object)}\nprint((function()\n${change(judge)}\nend)().status)\n`);
    const judged = (await run(join(folder, 'program'), [script])).trim();
    if (judged !== health)
      throw new Error(`${kind} is ${judged} instead of ${health}: ${JSON.stringify(object)}`);
  }
  return CASES.length;
};
