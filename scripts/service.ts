/** `npm run service -- NAME`: one service (or the gateway) as a process of its own, with nothing but its environment. */
import { existsSync } from 'node:fs';
import { keepCompiledCode } from '#adapters/system/compile-cache.ts';

const [name = ''] = process.argv.slice(2);
const entry = new URL(`../services/${name}/main/server.ts`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || !existsSync(entry)) {
  console.error('usage: npm run service -- NAME, where services/NAME has a main/server.ts');
  process.exit(1);
}
keepCompiledCode();
await import(entry.href);
