/** `npm run test:faces`: what people do in the pages of the shop, in Chromium (`CHROMIUM` is its path, if it is not Debian's). */
import { chromiumPath } from '#test/faces/browser.ts';
import { close, runVitest } from './lib/steps.ts';

if (chromiumPath() === undefined) {
  console.error('SKIPPED: no Chromium. Install it, or set CHROMIUM to its path.');
  process.exitCode = process.env['CI'] === undefined ? 0 : 1;
} else close([await runVitest(process.argv.slice(2), { name: 'faces', env: { SHOP_TEST: 'faces' } })]);
