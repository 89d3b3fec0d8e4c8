import { describe, expect, it } from 'vitest';
import { embeddedIndex } from '../adapters/embedded/embedded-index.ts';
import { openBaseline } from './baseline.ts';
import { outcomesOf, scoresOf, type Figures } from './evaluate.ts';
import { readFloors, shortfallsOf } from './floors.ts';
import { readJudgements } from './judgements.ts';
import { openSampleShop, sampleProducts, type Engine } from './sample-shop.ts';

const empty = async function* (): AsyncGenerator<never> {};

const testFigures = async (engine: Engine): Promise<Figures | undefined> => {
  const test = readJudgements().filter(({ set }) => set === 'test');
  return scoresOf(await outcomesOf(engine, test)).get('all');
};

describe('the quality of search', () => {
  it('reaches its floors with the index in the process', async () => {
    const figures = await testFigures(await openSampleShop(embeddedIndex(empty)));
    const baseline = await testFigures(openBaseline(sampleProducts()));
    expect(figures && baseline && shortfallsOf(figures, baseline, readFloors())).toEqual([]);
  });

  it('is below each floor if nothing is found', async () => {
    const baseline = await testFigures(openBaseline(sampleProducts()));
    const nothing = await testFigures(() => Promise.resolve([]));
    const { length } = Object.keys(readFloors());
    expect(nothing && baseline && shortfallsOf(nothing, baseline, readFloors())).toHaveLength(length);
  });
});
