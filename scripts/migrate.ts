/**
 * `npm run migrate -- SERVICE`: brings the database of a service, which `DATABASE_URL` names, to the newest schema. Before
 * the new version of the service starts; forward only, and again changes nothing.
 */
import { migrate } from '#adapters/service/run.ts';
import { moduleOf } from './lib/service-module.ts';

const [name, ...rest] = process.argv.slice(2);
try {
  if (name === undefined || rest.length > 0) throw new Error('usage: npm run migrate -- SERVICE');
  await migrate(moduleOf(name), process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
