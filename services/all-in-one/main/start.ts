import { preparePglite } from '#adapters/postgres/pglite-template.ts';
import { stopOnSignal } from '#adapters/process/signals.ts';
import { InvalidConfig } from '#adapters/service/config.ts';
import { keepCompiledCode } from '#adapters/system/compile-cache.ts';
import { keepFilesPrivate } from './data-folder.ts';
import { demoNote } from './demo.ts';
import { buildFaces } from './faces.ts';
import type { Recommendations } from './recommendations.ts';
import { readSettings, type Settings } from './settings.ts';

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

/** Loads only the profile's code, and lets a worker prepare PGlite in the meantime. */
const openerOf = async ({ profile, databaseUrl }: Settings) => {
  if (profile === 'distributed') return (await import('./distributed/open.ts')).openFleet;
  if (profile === 'embedded' && databaseUrl === undefined) preparePglite().catch(() => undefined); // tried again
  return (await import('./shop.ts')).openShop;
};

/** They come later: the shop is open without them. */
const tellOf = ({ isInstalling, outcome }: Recommendations): void => {
  say('  Recommendations  popular products, until the service is ready');
  void isInstalling.then((isSo) => isSo && say('Recommendations: installing Python packages …'));
  void outcome.then((line) => say(`Recommendations: ${line}`));
};

keepFilesPrivate();
keepCompiledCode();
try {
  const settings = readSettings(process.argv.slice(2), process.env);
  const open = await openerOf(settings);
  const [shop, unbuilt] = await Promise.all([open(settings, process.env), buildFaces()]);
  const seconds = (performance.now() / 1_000).toFixed(1); // since the process began

  say(`\nThe shop is open (profile ${settings.profile}, ready in ${seconds} s)\n`);
  say(`  Shop             ${shop.url}`);
  say(`  For developers   ${shop.url}/dev`);
  say(`  API and docs     ${shop.url}/docs`);
  if (settings.demo.includes('mailbox')) say(`  Mailbox          ${shop.url}/dev/mailbox`);
  say(`  Payment gateway  ${shop.tokensUrl}`);
  if ('recommendations' in shop && shop.recommendations) tellOf(shop.recommendations);
  if (shop.imported > 0) say(`  Sample catalogue ${shop.imported} products imported`);
  if (shop.logFile !== undefined) say(`  Log              ${shop.logFile}`);
  if (shop.accounts.length > 0) say('\n  Demo accounts');
  for (const { email, password, roles } of shop.accounts)
    say(`    ${email.padEnd(22)} ${password.padEnd(16)} ${roles.join(', ')}`);
  const note = demoNote(settings.demo, settings.profile, settings.host);
  if (note !== undefined) say(`\n  ${note}`);
  if (unbuilt !== undefined) say(`\n  The pages could not be built: ${unbuilt}`);
  say('\n  Ctrl-C stops it.\n');

  stopOnSignal(() => {
    say('Closing …');
    return shop.stop();
  });
  if ('taken' in shop)
    void shop.taken.then(async () => {
      say('Another shop has taken the database. Closing …');
      await shop.stop().catch(fail);
      process.exit(1);
    });
} catch (error) {
  fail(error);
}
