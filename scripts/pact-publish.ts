/** `npm run pact:publish`: sends the contracts to the Pact broker that the environment names. */
import { execFileSync } from 'node:child_process';
import { brokerOf, publish } from './lib/pact-broker.ts';

const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

try {
  const broker = brokerOf(process.env);
  if (!broker) throw new Error('PACT_BROKER_BASE_URL is not set: there is no broker to publish to.');
  const release = {
    version: process.env['PACT_VERSION'] ?? git('rev-parse', 'HEAD'),
    branch: process.env['PACT_BRANCH'] ?? git('rev-parse', '--abbrev-ref', 'HEAD'),
  };
  const consumers = await publish(broker, release);
  console.log(
    `Published the contracts of ${consumers.join(', ')} as ${release.version} (${release.branch}).`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
