/**
 * `npm run migrate -- SERVICE`: brings the database of a service, which `DATABASE_URL` names, to the newest schema. Before
 * the new version of the service starts; forward only, and again changes nothing.
 */
import { makeLogger } from '#adapters/observability/logger.ts';
import { migrateService } from '#adapters/service/store.ts';
import { moduleOf } from './lib/service-module.ts';

const [name, ...rest] = process.argv.slice(2);
try {
  if (name === undefined || rest.length > 0) throw new Error('usage: npm run migrate -- SERVICE');
  const module = moduleOf(name);
  const logger = makeLogger({ level: 'warn', service: name, destination: 2 });
  const steps = await migrateService(module, process.env, logger);
  console.log(steps.length === 0 ? `${name} is up to date` : `${name}: ${steps.join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
