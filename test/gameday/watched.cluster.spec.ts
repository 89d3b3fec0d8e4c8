import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lookUntil } from '#test/kit/conditions.ts';
import { CARDS, Shopper } from '#test/kit/shopper.ts';
import { firing, untilClear, untilFires, type Alert } from './alerts.ts';
import { GAME_DAYS } from './days.ts';
import { startWatchedShop, type WatchedShop } from './watched-shop.ts';

/** The Collector may have to be built first. */
const START_MS = 3_600_000;
const PATIENCE_MS = 120_000;
const PACE = { everyMs: 500, patienceMs: PATIENCE_MS };

const Scraped = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ labels: z.object({ job: z.string() }), health: z.string(), lastError: z.string() }),
    ),
  }),
});
const Trace = z.object({
  traceID: z.string(),
  spans: z.array(
    z.object({
      operationName: z.string(),
      processID: z.string(),
      references: z.array(z.object({ refType: z.string() })),
    }),
  ),
  processes: z.record(z.string(), z.object({ serviceName: z.string() })),
});
type Trace = z.infer<typeof Trace>;

let shop: WatchedShop;
let stop: WatchedShop['stop'] = () => Promise.resolve();
beforeAll(async () => {
  shop = await startWatchedShop();
  ({ stop } = shop);
}, START_MS);
afterAll(async () => stop());

const read = async <T>(url: string, shape: z.ZodType<T>): Promise<T> =>
  shape.parse(await (await fetch(url)).json());

/** `service operation` of each span. */
const stepsOf = ({ spans, processes }: Trace): readonly string[] =>
  spans.map(({ operationName, processID }) => `${processes[processID]?.serviceName ?? ''} ${operationName}`);

it('Prometheus scrapes every process', async () => {
  const targets = async () =>
    (await read(`${shop.rig.prometheusUrl}/api/v1/targets`, Scraped)).data.activeTargets;
  const seen = await lookUntil(
    targets,
    (some) => some.length > 0 && some.every(({ health }) => health === 'up'),
    PACE,
  );
  expect(seen.filter(({ health }) => health !== 'up')).toEqual([]);
  const processes = shop.fleet.processes.map(({ name }) => name).filter((name) => name !== 'admin-portal');
  expect(seen.map(({ labels }) => labels.job).toSorted()).toEqual(processes.toSorted());
});

describe('an order', () => {
  const traces = () =>
    read(
      `${shop.jaegerUrl}/api/traces?service=gateway&operation=${encodeURIComponent('POST /api/v1/orders')}&limit=100`,
      z.object({ data: z.array(Trace) }),
    );
  let trace: Trace;

  it('is one trace, from the gateway to the mail that it is on its way', async () => {
    const shopper = new Shopper(shop.fleet.url, shop.fleet.tokensUrl);
    await shopper.register('sam@example.com', 'a-password-of-sam');
    await shopper.addToCart(await shopper.findVariant(1));
    const { order_id: id } = await shopper.order(CARDS.good);
    await shopper.waitForStatus(id, 'delivered', 'cancelled');
    const isWhole = ({ data }: { readonly data: readonly Trace[] }): boolean =>
      data.some((one) => stepsOf(one).includes('notification process shipment.created'));
    const { data } = await lookUntil(traces, isWhole, PACE);
    expect(data).toHaveLength(1);
    const [found] = data;
    if (!found) throw new Error('unreachable');
    trace = found;
    expect(stepsOf(trace)).toEqual(
      expect.arrayContaining([
        'gateway POST /api/v1/orders',
        'order POST /api/v1/orders',
        'inventory process order.placed',
        'payment process order.placed',
        'order process payment.authorized',
        'shipping process order.confirmed',
        'order process shipment.created',
        'notification process shipment.created',
        'notification perform send-letter',
      ]),
    );
    expect(trace.spans.filter(({ references }) => references.length === 0)).toHaveLength(1);
  });

  it('is found in the logs by the ID of its trace', async () => {
    const lines = async (): Promise<string> => {
      const body = new URLSearchParams({ query: `trace_id:${trace.traceID}` });
      return (await fetch(`${shop.logsUrl}/select/logsql/query`, { method: 'POST', body })).text();
    };
    const found = await lookUntil(lines, (text) => text !== '', PACE);
    const [line] = found.split('\n').map((text) => JSON.parse(text || '{}') as unknown);
    expect(line).toMatchObject({ app: 'gateway', method: 'POST', path: '/api/v1/orders', status: '201' });
    expect(line).toHaveProperty('correlation_id');
  });
});

describe('a game day', { timeout: 4 * PATIENCE_MS }, () => {
  it.each(GAME_DAYS)('$name makes $alert fire, and it clears', async ({ alert, begin }) => {
    await untilClear(shop.rig, alert, PATIENCE_MS);
    const heal = await begin(shop.rig);
    let fired: Alert;
    try {
      fired = await untilFires(shop.rig, alert, PATIENCE_MS);
    } finally {
      await heal();
    }
    const receiver = fired.labels['severity'] === 'critical' ? 'on-call' : 'team';
    expect(fired.receivers).toEqual([{ name: receiver }]);
    await untilClear(shop.rig, alert, PATIENCE_MS);
    expect(await firing(shop.rig, alert)).toEqual([]);
  });
});
