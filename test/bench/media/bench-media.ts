/**
 * `npm run bench -- media [--seconds N] [--rounds N]`: variants of a picture through the gateway of a shop in one process, beside a
 * static file server with the same files in the same run, in turn. CPU is that of the serving process. Then what it costs to make a variant.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agent, request, setGlobalDispatcher } from 'undici';
import { z } from 'zod';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { startChild } from '#adapters/process/child.ts';
import { memoryOf } from '#adapters/process/identity.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { picture } from '#media/test/media.mother.ts';
import { table } from '#scripts/lib/table.ts';
import { startShop } from '#test/demo/shop-process.ts';
import { NO_LIMITS } from '#test/kit/settings.ts';
import { cpuMsOf } from '../cpu.ts';
import { measure } from '../load.ts';
import { read } from '../shop/http.ts';
import { signerOf, tokenFor } from '../shop/shoppers.ts';

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
if (positionals.join() !== 'media' || !(seconds > 0) || !Number.isInteger(rounds)) {
  console.error('usage: npm run bench -- media [--seconds N] [--rounds N]');
  process.exit(2);
}

const WORKERS = 16;
const PRESETS = ['thumb', 'medium', 'zoom'] as const;

const Uploaded = z.object({
  variants: z.array(z.object({ preset: z.string(), content_type: z.string(), url: z.string() })),
});

interface Server {
  readonly pid: number;
  readonly urlOf: (name: string) => string;
}

interface Served {
  readonly perSecond: number;
  readonly cpuMs: number;
}

const serve = async ({ pid, urlOf }: Server, name: string): Promise<Served> => {
  const url = urlOf(name);
  await measure({ workers: WORKERS, seconds: seconds / 4 }, () => read(url));
  const before = cpuMsOf(pid);
  const { perSecond, count } = await measure({ workers: WORKERS, seconds }, () => read(url));
  return { perSecond, cpuMs: (cpuMsOf(pid) - before) / count };
};

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

setGlobalDispatcher(new Agent({ connections: 64, pipelining: 1 }));
const folder = mkdtempSync(join(tmpdir(), 'bench-media-'));
const env = { ...NO_LIMITS, SHOP_SAMPLE: 'false' };
const shop = await startShop({ port: 0, dataDir: join(folder, 'data'), args: ['--fresh'], env });
try {
  const keys = z
    .object({ user: z.custom<PrivateJwk>((key) => typeof key === 'object') })
    .parse(JSON.parse(readFileSync(join(shop.dataDir, 'keys.json'), 'utf8')));
  const token = await tokenFor(await signerOf(keys.user), systemIds.next(), 'catalog_manager');
  const uploaded = await request(`${shop.url}/api/v1/media?purpose=product`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: await picture('jpeg', { width: 4_000, height: 3_000, isNoisy: true }),
  });
  const { variants } = Uploaded.parse(await uploaded.body.json());
  const pathOf = (preset: string, type: string): string =>
    variants.find((one) => one.preset === preset && one.content_type === type)?.url ?? '';

  const made: string[][] = [];
  for (const type of ['image/avif', 'image/webp', 'image/jpeg'])
    for (const preset of PRESETS) {
      const before = cpuMsOf(shop.pid);
      const { body } = await request(`${shop.url}${pathOf(preset, type)}`);
      const { byteLength } = await body.arrayBuffer();
      made.push([preset, type, `${cpuMsOf(shop.pid) - before} ms`, `${(byteLength / 1_024).toFixed(0)} KiB`]);
    }

  const statics = join(folder, 'static');
  mkdirSync(statics);
  const plain = startChild({
    name: 'static server',
    entry: new URL('../floors/static-server.ts', import.meta.url),
    env: { ...process.env, STATIC_FOLDER: statics },
  });
  const rows: string[][] = [];
  try {
    const [, port = ''] = await plain.line(/^listening (\d+)/);
    const servers = {
      shop: { pid: shop.pid, urlOf: (preset: string) => `${shop.url}${pathOf(preset, 'image/webp')}` },
      floor: { pid: plain.pid ?? 0, urlOf: (preset: string) => `http://127.0.0.1:${port}/${preset}.webp` },
    };
    for (const preset of PRESETS) {
      const { body } = await request(servers.shop.urlOf(preset));
      writeFileSync(join(statics, `${preset}.webp`), Buffer.from(await body.arrayBuffer()));
      const results: { readonly shop: Served; readonly floor: Served }[] = [];
      for (let round = 0; round < rounds; round += 1)
        results.push({ floor: await serve(servers.floor, preset), shop: await serve(servers.shop, preset) });
      const of = (value: (one: (typeof results)[number]) => number): number => median(results.map(value));
      rows.push([
        preset,
        of(({ shop: { perSecond } }) => perSecond).toFixed(0),
        of(({ floor: { perSecond } }) => perSecond).toFixed(0),
        of((one) => one.shop.perSecond / one.floor.perSecond).toFixed(2),
        of(({ shop: { cpuMs } }) => cpuMs).toFixed(3),
        of(({ floor: { cpuMs } }) => cpuMs).toFixed(3),
        of((one) => one.floor.cpuMs / one.shop.cpuMs).toFixed(2),
      ]);
    }
  } finally {
    await plain.end();
  }
  console.log(table(['variant', 'shop/s', 'static/s', '÷', 'shop CPU ms', 'static CPU ms', '÷'], rows));
  console.log(table(['made', 'type', 'CPU', 'size'], made));
  console.log(`memory of the shop: ${memoryOf(shop).toFixed(0)} MiB`);
} finally {
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
