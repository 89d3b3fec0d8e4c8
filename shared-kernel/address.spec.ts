import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readAddress, type WrittenAddress } from './address.ts';
import { isPostalCode } from './countries.ts';
import { regionOf, regionsOf } from './regions.ts';

const BERLIN = { recipient: 'Sam', line1: 'Road 1', city: 'Berlin', postal_code: '10115', country: 'DE' };
const LOS_ANGELES = { ...BERLIN, city: 'Los Angeles', postal_code: '90001', country: 'US' };

const read = (written: WrittenAddress) => {
  const address = readAddress(written);
  return address.ok ? address.value : address.error.map(({ pointer }) => pointer);
};

describe('an address', () => {
  it('is accepted as written, without superfluous blanks', () => {
    expect(read({ ...BERLIN, recipient: ' Sam \n Shopper ', line2: '', region: '   ' })).toEqual({
      ...BERLIN,
      recipient: 'Sam Shopper',
    });
  });

  it('needs visible characters in the fields that every address has', () => {
    expect(read({ ...BERLIN, recipient: '  ', line1: '\u200b', city: '-' })).toEqual([
      '/recipient',
      '/line1',
      '/city',
    ]);
  });

  it.each(['\u0000', '\u202e', '\ue000', '\u{e01f0}\ud800'])(
    'contains no unprintable characters: %j',
    (sign) => {
      expect(read({ ...BERLIN, line2: `Flat ${sign}` })).toEqual(['/line2']);
    },
  );

  it('keeps the joiners of scripts that need them', () => {
    expect(read({ ...BERLIN, recipient: 'می\u200cخواهم' })).toMatchObject({ recipient: 'می\u200cخواهم' });
  });

  it('is in an existing country', () => {
    expect(read({ ...BERLIN, country: 'ZZ' })).toEqual(['/country']);
  });

  it('is unchanged once it is in canonical spelling', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const written = fc.record({
      recipient: text.map((name) => `A${name}`),
      line1: text,
      city: text,
      region: fc.option(fc.oneof(text, fc.constantFrom('ca', 'Québec', 'Texas')), { nil: undefined }),
      postal_code: fc.constantFrom('10115', '90001', 'm5v 2t6', ''),
      country: fc.constantFrom('DE', 'US', 'CA', 'HK'),
    });
    fc.assert(
      fc.property(written, ({ region, ...rest }) => {
        const once = readAddress({ ...rest, ...(region === undefined ? {} : { region }) });
        if (once.ok) expect(readAddress(once.value)).toEqual(once);
      }),
    );
  });
});

describe('a postal code', () => {
  it.each(['HK', 'AE', 'IE', 'QA'])('may be missing in %s', (country) => {
    expect(read({ ...BERLIN, postal_code: '', country })).toMatchObject({ postal_code: '' });
    const { postal_code: _, ...without } = BERLIN;
    expect(read({ ...without, country })).toMatchObject({ postal_code: '' });
  });

  it.each(['DE', 'GB', 'JP', 'NL'])('may not be missing in %s', (country) => {
    expect(read({ ...BERLIN, postal_code: ' ', country })).toEqual(['/postal_code']);
  });

  it.each([
    ['DE', '10115', true],
    ['DE', 'D-10115', true],
    ['DE', '1011', false],
    ['DE', 'x10115', false],
    ['GB', 'sw1y 4jh', true],
    ['GB', 'SW1Y', false],
    ['US', '90001-1234', true],
    ['US', '9000', false],
    ['CA', 'M5V2T6', true],
    ['CA', 'D5V 2T6', false],
    ['JP', '100-0001', true],
    ['LV', 'LV-1050', true],
    ['NL', '1012 AB', true],
    ['PT', '1000-001', true],
    ['SE', '113 46', true],
    ['IE', 'D02 AF30', true],
    ['IE', '12345', false],
    ['HK', '999077', true],
  ])('of %s: %s', (country, code, isOne) => {
    expect(isPostalCode(code, country)).toBe(isOne);
  });

  it('is written in capitals', () => {
    expect(read({ ...BERLIN, postal_code: 'sw1y 4jh', country: 'GB' })).toMatchObject({
      postal_code: 'SW1Y 4JH',
    });
  });
});

describe('a region that taxes depend on', () => {
  it.each([
    ['US', 'CA', 'CA'],
    ['US', 'ca', 'CA'],
    ['US', 'CA ', 'CA'],
    ['US', 'US-CA', 'CA'],
    ['US', 'California', 'CA'],
    ['US', 'new  york', 'NY'],
    ['US', 'Washington, D.C.', 'DC'],
    ['US', 'washington', 'WA'],
    ['US', 'Puerto Rico', 'PR'],
    ['CA', 'Ontario', 'ON'],
    ['CA', 'Québec', 'QC'],
    ['CA', 'quebec', 'QC'],
    ['CA', 'Ile du Prince Edouard', 'PE'],
    ['ES', 'Las Palmas', 'GC'],
    ['ES', 'A Coruña', 'C'],
  ])('of %s: %j is %s', (country, written, code) => {
    expect(regionOf(written, country)).toBe(code);
  });

  it.each([undefined, '', 'Narnia', 'constructor', '__proto__', 'ON'])(
    'is needed and must be known: %j',
    (region) => {
      expect(read({ ...LOS_ANGELES, ...(region === undefined ? {} : { region }) })).toEqual(['/region']);
    },
  );

  it('is recognised by its code, whatever its other names', () => {
    for (const country of ['US', 'CA', 'ES'])
      for (const code of regionsOf(country)) {
        expect(regionOf(code, country)).toBe(code);
        expect(regionOf(`${country}-${code}`, country)).toBe(code);
      }
    expect(regionsOf('US')).toHaveLength(57);
    expect(regionsOf('CA')).toHaveLength(13);
    expect(regionsOf('ES')).toHaveLength(69);
    expect(regionsOf('DE')).toEqual([]);
  });

  it('is free text if taxes do not depend on it', () => {
    expect(read({ ...BERLIN, region: 'Co. Mayo', postal_code: '', country: 'IE' })).toMatchObject({
      region: 'Co. Mayo',
    });
  });
});
