/**
 * `npm run package -- SERVICE [--out FOLDER]`: everything that a service, the gateway or a portal needs in one folder, which starts on a
 * machine that has nothing but Node. The folder is `.cache/packages/SERVICE` by default.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './package/repository.ts';
import { writePackage } from './package/write-package.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
const [service = ''] = positionals;
const shop = repository();
const entry = join('services', service, 'main/server.ts');
const isPython = existsSync(join(shop.root, 'services', service, 'pyproject.toml'));
if (!/^[a-z-]+$/.test(service) || !existsSync(join(shop.root, entry)) || isPython) {
  console.error(
    isPython
      ? `${service} is written in Python: services/${service}/Dockerfile packages it`
      : 'usage: npm run package -- SERVICE [--out FOLDER], where services/SERVICE has a main/server.ts',
  );
  process.exit(1);
}
const out = resolve(values.out ?? join(shop.root, '.cache/packages', service));
const { modules, packages } = writePackage(shop, service, out);
console.log(`${modules} modules, ${packages.length} packages: node ${join(out, entry)}`);
