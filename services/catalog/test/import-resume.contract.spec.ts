import { describe, expect, it } from 'vitest';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { storesWith } from '#test/kit/toolbox.ts';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import { MINUTE } from '#kernel/clock.ts';
import { catalog } from '../main/module.ts';
import { importsOf } from './imports.rig.ts';

const ROWS = 450;
const file = [
  'name,description,category,subcategory,brand,sku,price,currency',
  ...Array.from({ length: ROWS }, (_, at) =>
    at % 100 === 7 ? `Bulk,d,C,S,B,BULK-${at},?,EUR` : `Bulk,d,C,S,B,BULK-${at},1.50,EUR`,
  ),
].join('\n');

describe.each(storesWith('mongo'))('an import in %s', (store) => {
  const service = serviceForEachTest(catalog, { store });
  const { ask, upload, check, start, work, rejected } = importsOf(service);

  it('stores what its file says, and rejected rows', async () => {
    const id = await upload(file, {}, 5_000);
    expect((await check(id)).body).toMatchObject({ rows: ROWS, expected: { created: 445, rejected: 5 } });
    expect((await start(id)).body).toMatchObject({ state: 'done', counts: { created: 445, rejected: 5 } });
    expect((await rejected(id)).map(({ line }) => line)).toEqual([9, 109, 209, 309, 409]);
  });

  it('goes on in another process where one has stopped', async () => {
    const id = await upload(file);
    await check(id);
    await ask('POST', `/${id}/start`);
    const [runner] = service.attachments;
    if (!(runner instanceof JobRunner)) throw new Error('no runner');
    const { clock } = service.toolbox;
    // The clock moves with every chunk, so that each is stored; the process stops in the middle.
    const ticking = setInterval(() => clock.advance(1_000), 1);
    const running = runner.runSlot(0);
    for (;;) {
      const { rows_done } = (await ask('GET', `/${id}`)).body;
      if (rows_done > 0) break;
    }
    await runner.stop();
    await running;
    clearInterval(ticking);
    const stopped = (await ask('GET', `/${id}`)).body;
    expect(stopped).toMatchObject({ state: expect.stringMatching(/running|done/) });
    const { attachments } = await catalog.compose(service.toolbox);
    clock.advance(MINUTE);
    await importsOf({ ...service, attachments: attachments ?? [] }).work();
    await work();
    const done = (await ask('GET', `/${id}`)).body;
    expect(done).toMatchObject({ state: 'done', rows_done: ROWS, counts: { rejected: 5 } });
    expect(Number(done.counts.created) + Number(done.counts.unchanged)).toBe(445);
  });
});
