import { describe, expect, it } from 'vitest';
import { address } from '../../test/fake-shop.ts';
import { enteredAddress, linesOf } from './address-text.ts';
import { formatFor } from './format.ts';

const format = formatFor('en');

describe('an address', () => {
  it('is written as on a parcel', () => {
    const full = { ...address, line2: 'Floor 3', region: 'BE' };
    expect(linesOf(full, format)).toEqual([
      'Sam Shopper',
      'Karl-Marx-Allee 1',
      'Floor 3',
      '10178 Berlin BE',
      'Germany',
    ]);
  });

  it('has no empty lines', () => {
    expect(linesOf({ ...address, line2: '', postalCode: undefined }, format)).toEqual([
      'Sam Shopper',
      'Karl-Marx-Allee 1',
      'Berlin',
      'Germany',
    ]);
  });

  it('shows the code of a country that has no name', () => {
    expect(linesOf({ ...address, country: 'QX' }, format).at(-1)).toBe('QX');
  });

  it('is shown in a form with all of its fields', () => {
    expect(enteredAddress(address)).toEqual({
      recipient: 'Sam Shopper',
      line1: 'Karl-Marx-Allee 1',
      line2: '',
      city: 'Berlin',
      region: '',
      postal_code: '10178',
      country: 'DE',
      phone: '',
    });
  });
});
