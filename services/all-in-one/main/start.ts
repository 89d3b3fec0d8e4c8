import { stopOnSignal } from '#adapters/process/signals.ts';
import { InvalidConfig } from '#adapters/service/config.ts';
import { keepFilesPrivate } from './data-folder.ts';
import { demoNote } from './demo.ts';
import { readSettings } from './settings.ts';
import { openFleet } from './distributed/open.ts';
import { openShop } from './shop.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The error in one line; a stack trace does not help with a mistyped setting. */
const fail = (error: unknown): never => {
  const isForeseen =
    error instanceof InvalidConfig || (error instanceof Error && !(error instanceof TypeError));
  process.stderr.write(
    `${isForeseen ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
};

keepFilesPrivate();
try {
  const startedAt = performance.now();
  const settings = readSettings(process.argv.slice(2), process.env);
  const open = settings.profile === 'distributed' ? openFleet : openShop;
  const shop = await open(settings, process.env);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);

  say(`\nThe shop is open (profile ${settings.profile}, ready in ${seconds} s)\n`);
  say(`  Shop             ${shop.url}`);
  say(`  API and docs     ${shop.url}/docs`);
  if (settings.demo.includes('mailbox')) say(`  Mailbox          ${shop.url}/dev/mailbox`);
  say(`  Payment gateway  ${shop.tokensUrl}`);
  if (shop.imported > 0) say(`  Sample catalogue ${shop.imported} products imported`);
  if (shop.logFile !== undefined) say(`  Log              ${shop.logFile}`);
  if (shop.accounts.length > 0) say('\n  Demo accounts');
  for (const { email, password, roles } of shop.accounts)
    say(`    ${email.padEnd(22)} ${password.padEnd(16)} ${roles.join(', ')}`);
  const note = demoNote(settings.demo, settings.profile, settings.host);
  if (note !== undefined) say(`\n  ${note}`);
  say('\n  Ctrl-C stops it.\n');

  stopOnSignal(() => {
    say('Closing …');
    return shop.stop();
  });
} catch (error) {
  fail(error);
}
