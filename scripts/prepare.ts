/** After `npm ci`: prepares what a first start would otherwise wait for. A start makes up for what fails here. */
import { preparePglite } from '#adapters/postgres/pglite-template.ts';
import { keepCompiledCode } from '#adapters/system/compile-cache.ts';

keepCompiledCode();
try {
  await Promise.all([preparePglite(), import('#all-in-one/main/shop.ts'), import('#all-in-one/main/distributed/open.ts')]);
} catch (error) {
  console.error('not prepared:', error instanceof Error ? error.message : error);
}
