/** Loaded into each service before its code: consumers that forget what they have handled. For the canary. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const CONSUMER = new URL('../../adapters/messaging/consumer.ts', import.meta.url).href;
const CLAIM = 'await tx.inbox.claim(consumer, batch)';

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (url !== CONSUMER) return loaded;
    const source = readFileSync(new URL(url), 'utf8');
    if (!source.includes(CLAIM)) throw new Error(`the canary found no "${CLAIM}" to remove`);
    return { ...loaded, source: source.replace(CLAIM, '[...batch]') };
  },
});
