/**
 * `npm run test:faces`: what people do in the pages of the shop, in Chromium (`CHROMIUM` is its path, if it is not Debian's headless
 * shell, which is installed where it is missing).
 */
import { chromiumPath, isChromiumChosen } from '#test/faces/browser.ts';
import { installPackages } from './engines/install/debian.ts';
import { close, runStep, runVitest } from './lib/steps.ts';

if (!isChromiumChosen())
  await installPackages('Chromium', 'chromium-headless-shell').catch((error: unknown) => {
    if (chromiumPath() === undefined) throw error;
  });
// Once, before the files of tests need them side by side.
const built = await runStep({ name: 'faces are built', args: ['scripts/faces.ts'] });
const args = ['--passWithNoTests', ...process.argv.slice(2)];
close([
  built,
  await runVitest(args, { name: 'faces', env: { SHOP_TEST: 'faces' } }),
  // Afterwards, because a browser beside it would slow the pages down.
  await runVitest(args, { name: 'speed of faces', env: { SHOP_TEST: 'speed' } }),
]);
