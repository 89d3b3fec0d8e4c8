/** After `npm ci`: prepares what a first start would otherwise wait for. A start makes up for what fails here. */
import { keepCompiledCode } from '#adapters/system/compile-cache.ts';

keepCompiledCode();
try {
  await import('#all-in-one/main/shop.ts');
  await import('#all-in-one/main/distributed/open.ts');
  const { loadSpec } = await import('#adapters/http/spec.ts');
  for (const { spec } of (await import('#all-in-one/main/modules.ts')).MODULES) loadSpec(spec);
  await (await import('#all-in-one/main/prepared-store.ts')).prepareStore();
} catch (error) {
  console.error('not prepared:', error instanceof Error ? error.message : error);
}
