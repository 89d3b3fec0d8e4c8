import { InvalidConfig } from '#adapters/service/config.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { readSettings } from './settings.ts';
import { openShop } from './shop.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What went wrong in one line; a stack helps nobody who mistyped a setting. */
const fail = (error: unknown): never => {
  const isForeseen =
    error instanceof InvalidConfig || (error instanceof Error && !(error instanceof TypeError));
  process.stderr.write(
    `${isForeseen ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
};

try {
  const startedAt = performance.now();
  const settings = readSettings(process.argv.slice(2), process.env);
  const shop = await openShop(settings, process.env);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);

  say(`\nThe shop is open (profile ${settings.profile}, ready in ${seconds} s)\n`);
  say(`  Shop             ${shop.url}`);
  say(`  API and docs     ${shop.url}/docs`);
  say(`  Mailbox          ${shop.url}/dev/mailbox`);
  say(`  Payment gateway  ${shop.tokensUrl}`);
  if (shop.imported > 0) say(`  Sample catalogue ${shop.imported} products imported`);
  if (settings.logFile !== undefined) say(`  Log              ${settings.logFile}`);
  say('\n  Demo accounts');
  for (const { email, password, roles } of DEMO_ACCOUNTS)
    say(`    ${email.padEnd(22)} ${password.padEnd(16)} ${roles.join(', ')}`);
  say('\n  Ctrl-C stops it.\n');

  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    say('Closing …');
    shop.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  fail(error);
}
