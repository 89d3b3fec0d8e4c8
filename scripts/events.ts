/**
 * `npm run events -- dead`: what waits for people in the running shop: events that a consumer gave up on, tasks that
 * keep failing. `npm run events -- redrive CONSUMER EVENT_ID`: delivers such an event again; `redrive --all`: all of
 * them, and has such tasks tried now.
 */
import { makeAdminClient, NoShop } from '#adapters/http/admin-client.ts';
import { table } from './lib/table.ts';
import { hasten, readTroubles, redrive, redriveAll, type Redriven } from './lib/troubles.ts';

const USAGE = `usage: npm run events -- dead
       npm run events -- redrive CONSUMER EVENT_ID
       npm run events -- redrive --all`;

const client = () => makeAdminClient(process.env['DATA_DIR'] ?? '.data');

const showTroubles = async (): Promise<void> => {
  const troubles = await readTroubles(client());
  const dead = troubles.flatMap(({ service, dead }) =>
    dead.map((one) => [service, one.consumer, one.event_id, one.event_type, one.parked_at, one.error]),
  );
  const stuck = troubles.flatMap(({ service, stuck }) =>
    stuck.map((task) => [service, task.kind, task.key, String(task.attempts), task.error]),
  );
  console.log(`Dead letters: ${dead.length}`);
  if (dead.length > 0)
    console.log(table(['SERVICE', 'CONSUMER', 'EVENT_ID', 'TYPE', 'PARKED AT', 'ERROR'], dead));
  console.log(`Stuck tasks: ${stuck.length}`);
  if (stuck.length > 0) console.log(table(['SERVICE', 'KIND', 'KEY', 'ATTEMPTS', 'ERROR'], stuck));
};

const report = ({ delivered, failures }: Redriven): void => {
  console.log(`${delivered} delivered, ${failures.size} failed`);
  for (const [letter, why] of failures) console.error(`${letter}: ${why}`);
  if (failures.size > 0) process.exitCode = 1;
};

/** False when the words make no command. */
const run = async ([command, ...words]: readonly string[]): Promise<boolean> => {
  const [consumer, eventId] = words;
  if (command === 'dead' && words.length === 0) await showTroubles();
  else if (command === 'redrive' && words.length === 1 && consumer === '--all') {
    report(await redriveAll(client()));
    console.log(`${await hasten(client())} stuck tasks are being retried`);
  } else if (command === 'redrive' && words.length === 2 && consumer !== '--all' && consumer && eventId) {
    report(await redrive(client(), { consumer, event_id: eventId }));
  } else return false;
  return true;
};

try {
  if (!(await run(process.argv.slice(2)))) {
    console.error(USAGE);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof NoShop)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
