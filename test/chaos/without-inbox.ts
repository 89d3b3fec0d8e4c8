/** Loaded into each service before its code: consumers that forget what they have handled. For the canary. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { CLAIM, CONSUMER } from './claim.ts';

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (url !== CONSUMER.href) return loaded;
    const source = readFileSync(new URL(url), 'utf8');
    if (!source.includes(CLAIM)) throw new Error(`the canary found no "${CLAIM}" to remove`);
    return { ...loaded, source: source.replace(CLAIM, '[...batch]') };
  },
});
