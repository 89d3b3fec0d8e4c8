import { describe, expect, it } from 'vitest';
import { embeddedIndex } from '../adapters/embedded/embedded-index.ts';
import { openBaseline } from './baseline.ts';
import { measure, readFloors, shortfallsOf } from './floors.ts';
import { readJudgements } from './judgements.ts';
import { openSampleShop, sampleProducts } from './sample-shop.ts';

const test = readJudgements().filter(({ set }) => set === 'test');
const baseline = openBaseline(sampleProducts());
const floors = readFloors();

describe('the quality of search', () => {
  it('reaches its floors with the index in the process', async () => {
    const shop = await openSampleShop(embeddedIndex());
    expect(shortfallsOf(await measure(shop, baseline, test), floors)).toEqual([]);
  });

  it('is below each floor if nothing is found', async () => {
    const measured = await measure(() => Promise.resolve([]), baseline, test);
    expect(shortfallsOf(measured, floors)).toHaveLength(Object.keys(floors).length);
  });
});
