import { describe, expect, it } from 'vitest';
import { readVatId } from './vat-id.ts';

describe('a VAT id', () => {
  it.each([
    ['DE123456789', 'DE123456789'],
    ['de 123 456 789', 'DE123456789'],
    ['ATU12345678', 'ATU12345678'],
    ['NL123456789B01', 'NL123456789B01'],
    ['FR XX 123456789', 'FRXX123456789'],
    ['ESX1234567X', 'ESX1234567X'],
    ['CHE-123.456.789 MWST', 'CHE123456789MWST'],
    ['EL123456789', 'EL123456789'],
    ['GB123456789', 'GB123456789'],
    ['NO123456789MVA', 'NO123456789MVA'],
  ])('%s is %s', (written, compact) => {
    expect(readVatId(written)).toBe(compact);
  });

  it.each(['', 'DE12345678', 'DE1234567890', 'AT12345678', 'US123456789', 'GR123456789', '123456789', 'ZZ1'])(
    'is not %j',
    (written) => {
      expect(readVatId(written)).toBeUndefined();
    },
  );
});
