import { describe, expect, it } from 'vitest';
import { builtByNow } from '#scripts/lib/event-services.ts';
import {
  askedForStaff,
  asksIn,
  contracts,
  onlyIn,
  talkOf,
  talkOfCode,
  unverified,
  writtenForStaff,
  type Talk,
} from './contracts.ts';

describe('contracts between services', () => {
  it('exist for exactly the calls and the consumed events of the code', async () => {
    const [code, written] = [await talkOfCode(), talkOf(contracts())];
    expect(onlyIn(code, written)).toEqual([]);
    expect(onlyIn(written, code)).toEqual([]);
  });

  it('contain all that the gateway asks several services for staff', () => {
    expect([...writtenForStaff(contracts())].sort()).toEqual([...askedForStaff()].sort());
  });

  it('are verified at each provider', () => {
    expect(unverified(contracts())).toEqual([]);
  });

  it('may be with a planned service only until it is built', () => {
    expect(builtByNow()).toEqual([]);
    expect(builtByNow(['bakery', 'cart'])).toEqual(['cart']);
  });

  it('are compared with the calls and subscriptions of the code', async () => {
    const { asks, hears } = await talkOfCode();
    expect(asks).toEqual(expect.arrayContaining(['cart catalog', 'order shipping', 'gateway catalog']));
    expect(hears).toEqual(
      expect.arrayContaining(['cart order.placed', 'shipping payment.successful', 'gateway product.updated']),
    );
  });

  describe('report as missing', () => {
    const written = talkOf(contracts());
    const more = ({ asks = [], hears = [] }: Partial<Talk>): Talk => ({
      asks: [...written.asks, ...asks],
      hears: [...written.hears, ...hears],
    });

    it('a new callee', () => {
      const asks = asksIn('services/cart/main/module.ts', `httpPrices(toolbox.client('shipping', SHORT))`);
      expect(onlyIn(more({ asks }), written)).toEqual(['cart shipping']);
    });

    it('a newly consumed event', () => {
      expect(onlyIn(more({ hears: ['payment order.delivered'] }), written)).toEqual([
        'payment order.delivered',
      ]);
    });

    it('a removed contract', () => {
      const fewer = contracts().filter(({ consumer }) => consumer.name !== 'cart');
      expect(onlyIn(written, talkOf(fewer))).toContain('cart order.placed');
    });

    it('a provider that verifies nothing', () => {
      expect(
        unverified([{ consumer: { name: 'cart' }, provider: { name: 'gateway' }, interactions: [] }]),
      ).toEqual(['gateway']);
    });
  });
});
