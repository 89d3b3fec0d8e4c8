import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './cleanup.ts';
import { startedWithin } from './within.ts';

it('a start that takes too long reports the last log lines, and is closed once it completes', async () => {
  const logFile = join(temporaryFolder(), 'shop.log');
  const start = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<string>();
  writeFileSync(logFile, `${'early\n'.repeat(30)}Kafka is away\n`);
  const late = startedWithin(start.promise, { ms: 1, logFile, onLate: closed.resolve });
  await expect(late).rejects.toThrow(/:\n(early\n){19}Kafka is away$/);
  start.resolve('a shop');
  expect(await closed.promise).toBe('a shop');
});
