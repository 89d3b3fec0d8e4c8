import { describe, expect, it } from 'vitest';
import { excessesOf, loadsOf, type Manifest } from './face-budget.ts';

const MANIFEST: Manifest = {
  'index.html': {
    file: 'index.js',
    isEntry: true,
    imports: ['shared'],
    dynamicImports: ['a.tsx', 'layout.tsx'],
    css: ['index.css'],
  },
  shared: { file: 'shared.js', imports: ['index.html'] },
  'a.tsx': { file: 'a.js', isDynamicEntry: true, imports: ['shared', 'own'], css: ['a.css'] },
  own: { file: 'own.js' },
  'layout.tsx': { file: 'layout.js', isDynamicEntry: true },
};
const SIZES: Readonly<Record<string, number>> = {
  'index.js': 100,
  'shared.js': 20,
  'index.css': 5,
  'a.js': 7,
  'a.css': 1,
  'own.js': 3,
  'layout.js': 50,
};

const loads = loadsOf(MANIFEST, ['layout.tsx'], (file) => SIZES[file] ?? 0);

describe('the loads of a face', () => {
  it('are the first one with the layout and all that they import, and what each page adds', () => {
    expect(loads).toEqual([
      { name: 'first load', script: 170, style: 5 },
      { name: 'a.tsx', script: 10, style: 1 },
    ]);
  });

  it('pass within the budget, to the byte', () => {
    expect(excessesOf(loads, { always: [], script: 170, style: 5, route: 11 })).toEqual([]);
  });

  it.each([
    [{ always: [], script: 169, style: 5, route: 11 }, 'first load: 0.2 kB of script, at most 0.2 kB'],
    [{ always: [], script: 170, style: 4, route: 11 }, 'first load: 0.0 kB of styles, at most 0.0 kB'],
    [{ always: [], script: 170, style: 5, route: 10 }, 'a.tsx: 0.0 kB, at most 0.0 kB'],
  ])('beyond %j are named', (budget, text) => {
    expect(excessesOf(loads, budget)).toEqual([text]);
  });
});
