import { beforeEach, describe, expect, it } from 'vitest';
import { inflateSync } from 'node:zlib';
import { systemIds } from '#adapters/system/ids.ts';
import { DAY, SECOND } from '#kernel/clock.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { makeQuoteShipping } from '../core/application/quote-shipping.ts';
import type { Address } from '../core/domain/consignment.ts';
import type { Carrier, PrintedLabel, Question } from '../core/ports/carrier.ts';
import { openRig, type Rig } from './shipping.rig.ts';

const ADDRESS: Address = {
  recipient: 'Ada Example',
  line1: 'Street 1',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

describe.each(STORES)('the mock carriers on %s', (store) => {
  let rig: Rig;

  const carrier = (id: string): Carrier => {
    const found = rig.carriers.get(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const buy = (optionId = 'dhl:express', address: Partial<Address> = {}, key = systemIds.next()) =>
    carrier(optionId.split(':')[0] ?? '').buyLabel({
      key,
      optionId,
      reference: 'order/1',
      address: { ...ADDRESS, ...address },
      itemCount: 3,
    });
  const statuses = async (trackingNumber: string): Promise<string[]> =>
    ((await carrier('dhl').track([trackingNumber]))[0] ?? []).map(({ status }) => status);

  beforeEach(async () => {
    rig = await openRig(store);
  });

  it('sell a label once per key', async () => {
    const key = systemIds.next();
    const first = await buy('dhl:express', {}, key);
    rig.toolbox.clock.advance(DAY);
    expect(await buy('dhl:express', {}, key)).toEqual(first);
    expect(await Promise.all([buy('dhl:express', {}, key), buy('dhl:express', {}, key)])).toEqual([
      first,
      first,
    ]);
    expect((await buy()).trackingNumber).not.toBe(first.trackingNumber);
  });

  it('count working days', async () => {
    // The clock is set to a Sunday.
    expect((await buy('dhl:express')).estimatedDelivery).toBe('2026-03-02');
    rig.toolbox.clock.advance(5 * DAY); // Friday
    expect((await buy('dhl:parcel')).estimatedDelivery).toBe('2026-03-10');
  });

  it('number parcels in their own formats', async () => {
    expect((await buy('dhl:parcel')).trackingNumber).toMatch(/^JJD\d{18}$/);
    expect((await buy('ups:standard')).trackingNumber).toMatch(/^1Z\d{16}$/);
    expect((await buy('fedex:economy', { country: 'GB' })).trackingNumber).toMatch(/^\d{15}$/);
  });

  it('sell no label for an option that they do not offer', async () => {
    await expect(buy('dhl:balloon')).rejects.toThrow('does not sell');
    await expect(buy('ups:standard', { country: 'US' })).rejects.toThrow('does not sell');
  });

  it('report a journey as time goes by', async () => {
    const { trackingNumber } = await buy();
    expect(await statuses(trackingNumber)).toEqual([]);
    rig.toolbox.clock.advance(DAY / 2);
    expect(await statuses(trackingNumber)).toEqual(['in_transit']);
    rig.toolbox.clock.advance(DAY);
    expect(await statuses(trackingNumber)).toEqual(['in_transit', 'out_for_delivery', 'delivered']);
  });

  it('return reports in the order of the request, and nothing for unknown parcels', async () => {
    const [first, second] = [await buy(), await buy('dhl:parcel')];
    rig.toolbox.clock.advance(1.5 * DAY);
    const reports = await carrier('dhl').track([second.trackingNumber, 'none', first.trackingNumber]);
    expect(reports.map(({ length }) => length)).toEqual([1, 0, 3]);
  });

  it('are as fast as configured', async () => {
    rig = await openRig(store, { SHIPPING_MOCK_SPEED: '86400' });
    const { trackingNumber } = await buy();
    rig.toolbox.clock.advance(2 * SECOND);
    expect(await statuses(trackingNumber)).toContain('delivered');
  });

  it('lose and return parcels at the configured rates, the same ones each time', async () => {
    rig = await openRig(store, { SHIPPING_MOCK_LOST_RATE: '0.3', SHIPPING_MOCK_RETURN_RATE: '0.3' });
    const keys = Array.from({ length: 60 }, (_, index) => `order-${index}:1:dispatch`);
    const labels = await Promise.all(keys.map((key) => buy('dhl:express', {}, key)));
    rig.toolbox.clock.advance(30 * DAY);
    const reports = await carrier('dhl').track(labels.map(({ trackingNumber }) => trackingNumber));
    const ends = Map.groupBy(reports, (report) => report.at(-1)?.status);
    expect([...ends.keys()].sort()).toEqual(['delivered', 'lost', 'returned']);
    for (const { length } of ends.values()) expect(length).toBeGreaterThan(8);
  });

  it('print labels as PDF and ZPL', async () => {
    const pdf = await carrier('dhl').print(
      (await buy('dhl:express', { recipient: 'Zoë Łuk 東' })).trackingNumber,
    );
    expect(pdf?.type).toBe('application/pdf');
    expect(Buffer.from(pdf?.bytes ?? []).toString('latin1', 0, 8)).toMatch(/^%PDF-1/);
    const label = await buy('ups:standard', { line2: 'Flat ^XZ' });
    const zpl = await carrier('ups').print(label.trackingNumber);
    const text = Buffer.from(zpl?.bytes ?? []).toString('utf8');
    expect(zpl?.type).toBe('application/zpl');
    expect(text).toMatch(/^\^XA[^]*\^XZ\n$/);
    expect(text).toContain(label.trackingNumber);
    expect(text).toContain('Flat  XZ');
  });

  it('write every recipient in Latin letters', async () => {
    const receiver = { recipient: 'Иван Петров', line1: 'ул. Ленина 5', city: 'София', country: 'BG' };
    const [dhl, ups] = await Promise.all([buy('dhl:express', receiver), buy('ups:saver', receiver)]);
    const pdf = linesOf(await carrier('dhl').print(dhl.trackingNumber));
    expect(pdf).toEqual(expect.arrayContaining(['Ivan Petrov', 'ul. Lenina 5', '10115 Sofiya']));
    const zpl = Buffer.from((await carrier('ups').print(ups.trackingNumber))?.bytes ?? []).toString('utf8');
    expect(zpl).toContain('Ivan Petrov');
    expect(zpl).toContain('10115 Sofiya');
    for (const label of [pdf.join(), zpl]) expect(label).not.toContain('?');
  });

  it('accept addresses without a postal code', async () => {
    const { trackingNumber } = await buy('dhl:express', { city: 'Wan Chai', postalCode: '', country: 'HK' });
    expect(linesOf(await carrier('dhl').print(trackingNumber))).toContain('Wan Chai');
  });

  it('know no parcel with a voided label', async () => {
    const { trackingNumber } = await buy();
    await carrier('dhl').voidLabel({ key: systemIds.next(), trackingNumber });
    expect(await carrier('dhl').print(trackingNumber)).toBeUndefined();
  });
});

/** The texts in a PDF, in order: in streams, deflated, as hexadecimal numbers. A deflated stream may end with a line break. */
const linesOf = (label: PrintedLabel | undefined): readonly string[] => {
  const pdf = Buffer.from(label?.bytes ?? []).toString('latin1');
  return [...pdf.matchAll(/\/Length (\d+)[^>]*>>\s*stream\r?\n/g)].flatMap(
    ({ 0: head, 1: length, index }) => {
      const begin = index + head.length;
      const bytes = Buffer.from(pdf.slice(begin, begin + Number(length)), 'latin1');
      const isDeflated = bytes[0] === 0x78;
      const text = isDeflated ? inflateSync(bytes).toString('latin1') : '';
      return [...text.matchAll(/<([0-9A-F]+)> Tj/gi)].map(([, hex = '']) =>
        Buffer.from(hex, 'hex').toString('latin1'),
      );
    },
  );
};

describe('quotes', () => {
  let rig: Rig;
  const QUESTION: Question = { country: 'DE', postalCode: '10115', itemCount: 1, currency: 'EUR' };
  const ask = (changes: Partial<Question> = {}) =>
    makeQuoteShipping(rig.carriers)({ ...QUESTION, ...changes });

  beforeEach(async () => {
    rig = await openRig('memory');
  });

  it('come from all carriers that deliver there, cheapest first', async () => {
    const quotes = await ask();
    expect(quotes.map(({ optionId }) => optionId)).toEqual([
      'dhl:parcel',
      'ups:standard',
      'dhl:express',
      'ups:saver',
    ]);
    expect(quotes[0]).toEqual({
      optionId: 'dhl:parcel',
      carrier: 'DHL',
      service: 'Parcel',
      price: { minor: 499, currency: 'EUR' },
      estimatedDelivery: '2026-03-03',
    });
    expect((await ask({ country: 'US' })).map(({ optionId }) => optionId)).toContain('fedex:economy');
    expect(await ask({ country: 'HK', postalCode: undefined })).not.toEqual([]);
  });

  it('are stable', async () => {
    expect(await ask()).toEqual(await ask());
  });

  it('increase with the distance and the number of items', async () => {
    const priceOf = async (changes: Partial<Question>): Promise<number> =>
      (await ask(changes)).find(({ optionId }) => optionId === 'dhl:parcel')?.price.minor ?? 0;
    const prices = [
      await priceOf({}),
      await priceOf({ itemCount: 3 }),
      await priceOf({ country: 'AT' }),
      await priceOf({ country: 'GB' }),
      await priceOf({ country: 'JP' }),
    ];
    expect(prices).toEqual([499, 599, 999, 1_399, 2_499]);
  });

  it('are in the requested currency', async () => {
    const [yen] = await ask({ currency: 'JPY' });
    expect(yen?.price).toEqual({ minor: 823, currency: 'JPY' });
    expect((await ask({ currency: 'USD' }))[0]?.price).toEqual({ minor: 544, currency: 'USD' });
  });

  it('are empty where no carrier delivers, and in a currency that none accepts', async () => {
    expect(await ask({ country: 'AQ' })).toEqual([]);
    expect(await ask({ currency: 'XAU' })).toEqual([]);
  });

  it('are complete without a carrier that is down, but fail without any', async () => {
    const away: Carrier = {
      quote: () => Promise.reject(new Error('away')),
      buyLabel: () => Promise.reject(new Error('away')),
      voidLabel: () => Promise.reject(new Error('away')),
      track: () => Promise.reject(new Error('away')),
      returnLabel: () => Promise.reject(new Error('away')),
      print: () => Promise.reject(new Error('away')),
    };
    const ups = rig.carriers.get('ups') ?? away;
    const some = await makeQuoteShipping(
      new Map([
        ['dhl', away],
        ['ups', ups],
      ]),
    )(QUESTION);
    expect(some.map(({ optionId }) => optionId)).toEqual(['ups:standard', 'ups:saver']);
    await expect(makeQuoteShipping(new Map([['dhl', away]]))(QUESTION)).rejects.toThrow('away');
  });
});
