import { beforeEach, describe, expect, it } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { temporaryFolder } from '../cleanup.ts';
import { forget, record, standingOf } from './records.ts';

const pair = { consumer: 'cart', provider: 'catalog' };

describe('the record of a contract', () => {
  let folder: URL;
  beforeEach(() => {
    folder = pathToFileURL(`${temporaryFolder()}/`);
  });

  const changed = (part: 'contract' | 'sources'): void => {
    const file = new URL('cart-catalog.provider.json', folder);
    const known = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify({ ...known, [part]: 'of yesterday' }));
  };

  it('is empty before a run', () => {
    expect(standingOf('provider', pair, folder)).toBe('never verified');
  });

  it('contains the verification of this side', () => {
    record('provider', pair, folder);
    expect(standingOf('provider', pair, folder)).toBe('verified');
    expect(standingOf('consumer', pair, folder)).toBe('never verified');
  });

  it('is cleared before another attempt', () => {
    record('provider', pair, folder);
    forget('provider', pair, folder);
    expect(standingOf('provider', pair, folder)).toBe('never verified');
  });

  it('is valid only for the contract and the code that it is about', () => {
    record('provider', pair, folder);
    changed('contract');
    expect(standingOf('provider', pair, folder)).toBe('contract has changed');
    record('provider', pair, folder);
    changed('sources');
    expect(standingOf('provider', pair, folder)).toBe('sources have changed');
  });
});
