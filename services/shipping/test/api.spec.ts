import { beforeEach, describe, expect, it } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openTestService } from '#test/kit/http.ts';
import type { Command } from '../core/domain/commands.ts';
import { assemble } from '../main/compose.ts';
import { shipping } from '../main/module.ts';
import { askCancel, begin, confirm, PARCEL, PAY } from './consignment.mother.ts';

const OWNER = PARCEL.customer.userId;

describe('the shipping API', () => {
  const service = forEachTest(() => openTestService('memory', shipping));
  let parts: ReturnType<typeof assemble>;
  let orderId: string;

  const happened = async (...commands: readonly Command[]): Promise<void> => {
    const { unitOfWork, run } = parts;
    for (const command of commands) await unitOfWork.run((tx) => run(tx, [{ id: orderId, command }]));
  };
  const track = async (userId = OWNER, ...roles: 'order_manager'[]) =>
    service.send('GET', `/api/v1/shipments/${orderId}/tracking`, {
      token: await service.toolbox.tokenOf(userId, ...roles),
    });

  beforeEach(() => {
    parts = assemble({ ...service.toolbox, metrics: new Metrics('other') });
    orderId = systemIds.next();
  });

  it('shows where the parcels of an order are, newest first', async () => {
    const { clock } = service.toolbox;
    const boughtAt = clock.now();
    const label = { trackingNumber: 'JJD1', estimatedDelivery: '2026-03-02', boughtAt };
    clock.advance(DAY);
    const updates = [{ status: 'lost', description: 'Declared lost', occurredAt: clock.now() }] as const;
    await happened(confirm(), PAY, begin());
    await happened(
      { type: 'labelled', attempt: 1, label },
      { type: 'tracked', attempt: 1, updates },
      confirm(2),
    );
    const { status, body } = await track();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      order_id: orderId,
      shipments: [
        { attempt: 2, status: 'scheduled', carrier: 'DHL', service: 'Express', history: [] },
        {
          attempt: 1,
          status: 'lost',
          tracking_number: 'JJD1',
          estimated_delivery: '2026-03-02',
          history: [
            { status: 'dispatched', occurred_at: boughtAt.toISOString() },
            { status: 'lost', description: 'Declared lost', occurred_at: clock.now().toISOString() },
          ],
        },
      ],
    });
  });

  it('shows them to the customer and to order managers only', async () => {
    await happened(confirm());
    expect((await track()).status).toBe(200);
    expect((await track(systemIds.next(), 'order_manager')).status).toBe(200);
    const foreign = await track(systemIds.next());
    expect(foreign.status).toBe(404);
    expect(foreign.body).toMatchObject({ code: 'SHIPMENT_NOT_FOUND' });
    expect((await service.send('GET', `/api/v1/shipments/${orderId}/tracking`)).status).toBe(401);
  });

  it('returns 404 for an unknown order, or one of which only the cancellation is known', async () => {
    expect((await track(OWNER, 'order_manager')).status).toBe(404);
    await happened(askCancel());
    expect((await track(OWNER, 'order_manager')).status).toBe(404);
  });

  it('returns a label once it is bought, to order managers', async () => {
    const path = `/api/v1/shipments/${orderId}/label`;
    const staff = await service.toolbox.tokenOf(systemIds.next(), 'order_manager');
    await happened(confirm());
    expect((await service.send('GET', path, { token: staff })).body).toMatchObject({
      code: 'LABEL_NOT_FOUND',
    });
    expect((await service.send('GET', path, { token: await service.toolbox.tokenOf(OWNER) })).status).toBe(
      403,
    );
  });

  it('returns quotes to services with the scope', async () => {
    const ask = (token: string, body: object = {}) =>
      service.send('POST', '/internal/v1/shipping-quotes', {
        token,
        body: { address: { country: 'DE', postal_code: '10115' }, item_count: 2, currency: 'EUR', ...body },
      });
    const order = await service.toolbox.serviceToken('order', 'quotes:read');
    const { status, body } = await ask(order);
    expect(status).toBe(200);
    expect((body as { items: object[] }).items[0]).toEqual({
      option_id: 'dhl:parcel',
      carrier: 'DHL',
      service: 'Parcel',
      price: 5.49,
      currency: 'EUR',
      estimated_delivery: '2026-03-03',
    });
    const nowhere = await ask(order, { address: { country: 'AQ', postal_code: '1', region: 'x' } });
    expect(nowhere.body).toEqual({ items: [] });
    expect((await ask(order, { item_count: 0 })).body).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await ask(await service.toolbox.serviceToken('cart', 'offers:read'))).status).toBe(403);
    expect((await ask(await service.toolbox.tokenOf(OWNER))).status).toBe(403);
  });

  it('prints the label of a return, the same again, for the order service only', async () => {
    const print = async (token: string, body: object = {}) =>
      service.send('POST', '/internal/v1/return-labels', {
        token,
        body: {
          return_id: orderId,
          option_id: 'ups:standard',
          reference: 'J6SW-3T35-R1',
          from: { recipient: 'Łukasz', line1: 'Road 1', city: 'Berlin', postal_code: '10115', country: 'DE' },
          to: ['Kettle shop', 'Returns 1'],
          item_count: 1,
          ...body,
        },
      });
    const order = await service.toolbox.serviceToken('order', 'return-labels:print');
    const pdfOf = ({ body }: { readonly body: object }): Buffer =>
      Buffer.from((body as { pdf: string }).pdf, 'base64');
    const first = pdfOf(await print(order));
    expect(first.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(await print(order, { option_id: 'gone:standard' })).toMatchObject({
      status: 404,
      body: { code: 'LABEL_NOT_FOUND' },
    });
    expect((await print(await service.toolbox.serviceToken('cart', 'offers:read'))).status).toBe(403);
    expect((await print(await service.toolbox.tokenOf(OWNER, 'order_manager'))).status).toBe(403);
  });

  it('gives the labels of several orders, of which there must be one, to order managers only', async () => {
    const get = async (...roles: 'order_manager'[]): Promise<number> =>
      (
        await service.send('GET', `/api/v1/staff/labels?order_ids=${orderId}`, {
          token: await service.toolbox.tokenOf(OWNER, ...roles),
        })
      ).status;
    expect([await get(), await get('order_manager')]).toEqual([403, 404]);
  });
});
