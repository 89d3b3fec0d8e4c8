/**
 * The shop, made to die by SIGKILL right after its n-th writing statement (`CRASH_AT`), counted from SIGUSR2 on.
 * The changes of the statement are then durable, but its caller never learns it.
 */
import { readSettings } from '#all-in-one/main/settings.ts';
import { openShop } from '#all-in-one/main/shop.ts';
import { watched } from './watched-database.ts';

const crashAt = Number(process.env['CRASH_AT'] ?? 0);
let isArmed = false;
let count = 0;
process.on('SIGUSR2', () => {
  isArmed = true;
});

const afterStep = (): void => {
  if (!isArmed || crashAt === 0) return;
  count += 1;
  if (count === crashAt) process.kill(process.pid, 'SIGKILL');
};

const shop = await openShop(readSettings(process.argv.slice(2), process.env), process.env, (database) =>
  watched(database, { afterStep }),
);
process.stdout.write(`  Shop             ${shop.url}\n  Payment gateway  ${shop.tokensUrl}\n`);
process.on('SIGTERM', () => void shop.stop().then(() => process.exit(0)));
