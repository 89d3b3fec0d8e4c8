/**
 * `npm run gameday -- NAME`: breaks something in a distributed shop on this machine, waits until its alert fires, and mends it: for those
 * on call, to practise. See docs/guides/observability.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { findShop } from '#test/demo/find-shop.ts';
import { firing, untilClear, untilFires } from './alerts.ts';
import { GAME_DAYS } from './days.ts';
import { openRig } from './rig.ts';

/** The longest `for` of these alerts is 15 minutes. */
const PATIENCE_MS = 20 * 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const since = (start: number): string => `${Math.round((performance.now() - start) / 1_000)} s`;

const [name] = process.argv.slice(2);
const day = GAME_DAYS.find((one) => one.name === name);
if (!day) {
  say(`usage: npm run gameday -- NAME\nNAME is one of ${GAME_DAYS.map((one) => one.name).join(', ')}`);
  process.exit(1);
}
const url = process.env['SHOP_URL'] ?? `http://localhost:${process.env['PORT'] ?? '8080'}`;
const shop = await findShop(url);
if (!shop) {
  say(`No shop answers at ${url}: npm start -- --profile distributed, or set SHOP_URL.`);
  process.exit(1);
}
const home = process.env['ENGINES_HOME'] ?? '.data/engines';
const rig = openRig(home, { shopUrl: shop.url, tokensUrl: shop.tokensUrl });
if ((await firing(rig, day.alert)).length > 0) {
  say(`${day.alert} fires already.`);
  process.exit(1);
}

const began = performance.now();
const heal = await day.begin(rig);
try {
  say('Something is wrong. Waiting for the alert …');
  const { labels, annotations, receivers } = await untilFires(rig, day.alert, PATIENCE_MS);
  say(
    `${day.alert} fires after ${since(began)}, to ${receivers.map((one) => one.name).join()}: ${annotations.summary}`,
  );
  say(
    `  ${Object.entries(labels)
      .map(([label, value]) => `${label}=${value}`)
      .join(' ')}`,
  );
  say(`  ${annotations.runbook}`);
  if (process.stdin.isTTY && existsSync(annotations.runbook)) {
    say(`\n${readFileSync(annotations.runbook, 'utf8')}`);
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    await terminal.question('Find the cause. Enter mends it. ');
    terminal.close();
  }
} finally {
  await heal();
}
say(day.story);
const mended = performance.now();
await untilClear(rig, day.alert, PATIENCE_MS);
say(`Mended; clear after ${since(mended)}.`);
