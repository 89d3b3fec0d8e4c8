import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { expect, it, vi } from 'vitest';
import { atEnd } from '#test/kit/cleanup.ts';
import { serve } from '#test/kit/http.ts';
import { anEvent } from './event.mother.ts';
import { webhooksForEachTest } from './webhooks.rig.ts';

const ROOT = new URL('../../../', import.meta.url);
const MARK = '<!-- tested: receiver -->';

const example = (): string => {
  const guide = readFileSync(new URL('docs/guides/webhooks.md', ROOT), 'utf8');
  const block = /```js\n(?<program>[^]*?)```/.exec(guide.slice(guide.indexOf(MARK)));
  const program = block?.groups?.['program'];
  if (!guide.includes(MARK) || program === undefined) throw new Error(`the guide has no block after ${MARK}`);
  return program;
};

const changed = (program: string, from: string, to: string): string => {
  if (!program.includes(from)) throw new Error(`the example lacks ${from}`);
  return program.replace(from, to);
};

/** The receiver of the guide, loaded from a folder where it finds the package. */
const loadReceiver = async (secret: () => string): Promise<RequestListener> => {
  const cache = new URL('.cache/', ROOT).pathname;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(`${cache}webhooks-`);
  atEnd(() => {
    rmSync(folder, { recursive: true });
  });
  const withSecret = changed(example(), 'process.env.WEBHOOK_SECRET', JSON.stringify(secret()));
  writeFileSync(`${folder}/receiver.mjs`, changed(withSecret, 'createServer(receive).listen(3000);', ''));
  const loaded = (await import(`${folder}/receiver.mjs`)) as { readonly receive: RequestListener };
  return loaded.receive;
};

const shop = webhooksForEachTest();

it('the receiver of the guide accepts a webhook, handles it once, and refuses a forged one', async () => {
  shop.toolbox.clock.advance(Date.now() - shop.toolbox.clock.now().getTime());
  let receive: RequestListener = () => undefined;
  const { url } = await serve((request, answer) => {
    receive(request, answer);
  });
  const endpoint = await shop.create(url);
  receive = await loadReceiver(() => endpoint.secret);
  const log = vi.spyOn(console, 'log').mockReturnValue();
  atEnd(() => {
    log.mockRestore();
  });

  const event = anEvent('order.confirmed');
  await shop.hear(event);
  await shop.work();
  await shop.as('POST', `/api/v1/webhook-endpoints/${endpoint.id}/deliveries/${event.event_id}/replay`);
  await shop.work();
  expect(log.mock.calls).toEqual([['order.confirmed', event.payload]]);
  expect(await shop.log(endpoint)).toMatchObject([
    { attempts: [{ status_code: 204 }, { status_code: 204 }] },
  ]);
  const forged = await fetch(url, { method: 'POST', body: '{}', headers: { 'webhook-id': 'x' } });
  expect(forged.status).toBe(401);
});
