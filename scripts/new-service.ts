/** `npm run new:service -- NAME`: makes a small service that works, after the pattern of services/catalog. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isTaken, writeService } from './lib/service-files.ts';
import { serviceName } from './lib/service-name.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const [given, ...rest] = process.argv.slice(2);
if (given === undefined || rest.length > 0) fail('usage: npm run new:service -- NAME');
const name =
  serviceName(given ?? '') ??
  fail(
    `${given} is not a service name: use lower-case words such as gift-card, no keywords of TypeScript or SQL`,
  );
if (await isTaken(ROOT, name)) fail(`${name.kebab} already exists`);

for (const file of await writeService(ROOT, name)) console.log(`  ${file}`);
const generated = spawnSync(process.execPath, ['scripts/generate.ts'], { cwd: ROOT, stdio: 'inherit' });
if (generated.status !== 0) fail('`npm run generate` failed, see above');

console.log(`
Next steps:
  1. services/all-in-one/main/modules.ts: add it to the shop
       import { ${name.camel} } from '#${name.kebab}/main/module.ts';
       export const MODULES: readonly ServiceModule[] = [ …, ${name.camel}];
  2. npm test -- services/${name.kebab}
  3. replace "item" by what the service is about: openapi/${name.kebab}.yaml first, then \`npm run generate\`,
     then services/${name.kebab}/, from core/domain outwards; say in its README.md what it decides`);
