/**
 * `npm run bench [-- --profile distributed] [--pg URL|private] [--seconds N] [--only NAME] [--check|--release]`: what the shop does per second,
 * beside its floors, in one run. `docs/guides/bench.md` says how to read it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Agent, setGlobalDispatcher } from 'undici';
import { z } from 'zod';
import { parseArguments, type BenchArguments } from './arguments.ts';
import { DISTRIBUTED } from './distributed/measurements.ts';
import { openDistributedRig } from './distributed/rig.ts';
import { EMBEDDED } from './embedded/measurements.ts';
import { openEmbeddedRig } from './embedded/rig.ts';
import type { Measurement } from './figures.ts';
import { lossesSince, scoresOf } from './released.ts';
import { figuresTable, writeReport, type Outcome } from './report.ts';

const namesOf = (measurements: readonly Measurement<never>[]): string[] =>
  measurements.map(({ name }) => name);

const readArguments = (): BenchArguments => {
  try {
    return parseArguments(process.argv.slice(2), {
      embedded: namesOf(EMBEDDED),
      distributed: namesOf(DISTRIBUTED),
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
};

const startedAt = performance.now();
const say = (text: string): void => {
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`);
};

/** One after the other; a failure is reported, and stops no other. */
const takeAll = async <Rig>(
  measurements: readonly Measurement<Rig>[],
  rig: Rig,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const told = new Set<unknown>(); // what several need and cannot have fails once
  for (const { name, measure } of measurements.filter(({ name }) => (options.only ?? name) === name)) {
    if (isStopping()) break;
    say(name);
    try {
      outcomes.push({ name, figures: await measure(rig) });
    } catch (error) {
      if (isStopping()) break;
      if (!told.has(error)) console.error(error);
      told.add(error);
      outcomes.push({ name, figures: [], error: error instanceof Error ? error.message : String(error) });
    }
  }
  return outcomes;
};

const run = async (): Promise<readonly Outcome[]> => {
  if (options.profile === 'embedded') {
    const rig = await openEmbeddedRig(options, resources);
    Object.assign(facts, rig.facts);
    return takeAll(EMBEDDED, rig);
  }
  const rig = await openDistributedRig(options, resources);
  Object.assign(facts, rig.facts);
  return takeAll(DISTRIBUTED, rig);
};

/** With `--check` or `--release`. */
const compareWithRelease = (outcomes: readonly Outcome[]): void => {
  if (options.release === undefined) return;
  const released = Releases.parse(JSON.parse(readFileSync(RELEASED, 'utf8')));
  const name = `${options.profile} ${facts['store'] ?? ''}`.trim();
  const scores = scoresOf(outcomes);
  if (options.release === 'set') {
    writeFileSync(RELEASED, `${JSON.stringify({ ...released, [name]: scores }, null, 2)}\n`);
    return;
  }
  const losses = lossesSince(released[name], scores);
  for (const loss of losses) console.error(`✗ ${loss}`);
  if (losses.length > 0) process.exitCode = 1;
};

const RELEASED = new URL('released.json', import.meta.url);
const Releases = z.record(z.string(), z.record(z.string(), z.number()));

const options = readArguments();
const facts: Record<string, string> = {
  profile: options.profile,
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  seconds: String(options.seconds),
};
const resources = new AsyncDisposableStack();
let closing: Promise<void> | undefined;
const stopping = new AbortController();
const isStopping = (): boolean => stopping.signal.aborted;
const close = (): Promise<void> => (closing ??= resources.disposeAsync());
const interrupted = (): void => {
  stopping.abort();
  say('stopping …');
  close().then(
    () => process.exit(130),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
};
process.on('SIGINT', interrupted);
process.on('SIGTERM', interrupted);

setGlobalDispatcher(new Agent({ connections: 256, pipelining: 1 }));
say(`bench of the profile ${options.profile}`);
try {
  const outcomes = await run();
  if (!isStopping()) {
    console.log(`\n${figuresTable(outcomes)}\n`);
    for (const [name, value] of Object.entries(facts)) console.log(`${name}: ${value}`);
    writeReport(options.out, facts, outcomes);
    say(`written to ${options.out}`);
    compareWithRelease(outcomes);
    if (outcomes.some(({ error }) => error !== undefined)) process.exitCode = 1;
  }
} catch (error) {
  if (!isStopping()) {
    console.error(error);
    process.exitCode = 1;
  }
} finally {
  await close();
}
process.exit(isStopping() ? 130 : undefined);
