/** `npm run pact:can-i-deploy [-- SERVICE]`: whether the last run verified the contracts and the code as they are now. */
import { isVerified, rowsOf } from './lib/deployable.ts';
import { table } from './lib/table.ts';

try {
  const rows = rowsOf(process.argv[2]);
  const head = ['CONSUMER', 'PROVIDER', 'INTERACTIONS', 'CONTRACT', 'CONSUMER SIDE', 'PROVIDER SIDE'];
  console.log(
    table(
      head,
      rows.map(({ consumer, provider, interactions, hash, standing }) => [
        consumer,
        provider,
        String(interactions),
        hash,
        standing.consumer,
        standing.provider,
      ]),
    ),
  );
  const open = rows.filter((row) => !isVerified(row)).length;
  console.log(
    open === 0 ? 'Yes.' : `No: ${open} of ${rows.length} are not verified. \`npm run pact\` verifies them.`,
  );
  process.exitCode = open === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
