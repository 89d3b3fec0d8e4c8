/**
 * `npm run pact [-- --update]`: the consumers' tests make the contracts, then the providers are verified against them.
 * The contracts must be those in contracts/pacts; `--update` puts them there.
 */
import { close, runVitest } from './lib/steps.ts';

const update = process.argv.includes('--update');
const consumers = await runVitest(['.pact.spec'], update ? { env: { PACT_UPDATE: '1' } } : {});
const providers = await runVitest([
  '.provider.spec',
  'grpc.spec',
  'test/kit/pact',
  'test/kit/proto',
  'test/architecture/contracts',
]);
const inPython = await runVitest(['.provider.ml.spec'], {
  name: 'providers in Python',
  env: { SHOP_TEST: 'ml' },
});
close([consumers, providers, inPython]);
