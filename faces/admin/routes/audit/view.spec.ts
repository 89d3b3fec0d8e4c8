import { describe, expect, it } from 'vitest';
import { changesOf, parseAuditView } from './view.ts';

describe('the audit trail', () => {
  it('reads its filters from the URL, and ignores what it does not understand', () => {
    expect(
      parseAuditView({
        category: 'stock',
        from: '2026-03-01',
        to: 'soon',
        actor: ' x ',
        entry: '1',
        other: 1,
      }),
    ).toEqual({ category: 'stock', from: '2026-03-01', actor: 'x' });
    expect(parseAuditView({ category: 'weather', from: '2026-13-01' })).toEqual({});
  });

  it('puts the properties before and after side by side, by name', () => {
    expect(changesOf({ name: 'Kettle', version: 1 }, { version: 2, tags: ['red'], note: null })).toEqual([
      { property: 'name', before: 'Kettle', after: undefined },
      { property: 'note', before: undefined, after: undefined },
      { property: 'tags', before: undefined, after: '[\n  "red"\n]' },
      { property: 'version', before: '1', after: '2' },
    ]);
    expect(changesOf()).toEqual([]);
  });
});
