/**
 * `npm run pact [-- --update]`: the consumers' tests make the contracts, then the providers are verified against them.
 * The contracts must be those in contracts/pacts; `--update` puts them there.
 */
import { close, runJest } from './lib/steps.ts';

const update = process.argv.includes('--update');
const consumers = await runJest(['[.]pact[.]spec'], update ? { env: { PACT_UPDATE: '1' } } : {});
const providers = await runJest([
  '[.]provider[.]spec',
  'grpc[.]spec',
  'test/kit/(pact|proto)',
  'test/architecture/contracts',
]);
close([consumers, providers]);
