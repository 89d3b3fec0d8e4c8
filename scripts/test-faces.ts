/**
 * `npm run test:faces`: what people do in the pages of the shop, in Chromium (`CHROMIUM` is its path, if it is not Debian's, which is
 * installed where it is missing).
 */
import { chromiumPath } from '#test/faces/browser.ts';
import { installPackages } from './engines/install/debian.ts';
import { close, runVitest } from './lib/steps.ts';

if (chromiumPath() === undefined) await installPackages('Chromium', 'chromium');
const args = ['--passWithNoTests', ...process.argv.slice(2)];
close([
  await runVitest(args, { name: 'faces', env: { SHOP_TEST: 'faces' } }),
  // Afterwards, because a browser beside it would slow the pages down.
  await runVitest(args, { name: 'speed of faces', env: { SHOP_TEST: 'speed' } }),
]);
