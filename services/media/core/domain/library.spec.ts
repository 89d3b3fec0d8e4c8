import { describe, expect, it } from 'vitest';
import { after, HOUR } from '#kernel/clock.ts';
import { begin, emptyLibrary, enter, giveUp, leave, markUsed, roomIn, type Library } from './library.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const QUOTA = { files: 3, unused: 2, bytes: 100 };
const none = emptyLibrary('l-1', 'u-1');

const expectOk = (result: ReturnType<typeof begin>): Library => {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};
const withFile = (library: Library, id: string, bytes: number, isUsed = false): Library =>
  markUsed(expectOk(enter(library, id, bytes, QUOTA)), id, isUsed);

describe('a quota', () => {
  it('limits the files to which nothing refers, with uploads that have begun', () => {
    const two = expectOk(begin(withFile(none, 'a', 1), 'b', QUOTA, NOW));
    expect(begin(two, 'c', QUOTA, NOW)).toMatchObject({ error: { code: 'MEDIA_QUOTA_EXCEEDED' } });
    expect(begin(markUsed(two, 'a', true), 'c', QUOTA, NOW)).toMatchObject({ ok: true });
    expect(begin(leave(two, 'a'), 'c', QUOTA, NOW)).toMatchObject({ ok: true });
    expect(begin(giveUp(two, 'b'), 'c', QUOTA, NOW)).toMatchObject({ ok: true });
  });

  it('limits the files in all', () => {
    const three = ['a', 'b', 'c'].reduce((library, id) => withFile(library, id, 1, true), none);
    expect(begin(three, 'd', QUOTA, NOW)).toMatchObject({ error: { code: 'MEDIA_QUOTA_EXCEEDED' } });
  });

  it('limits their bytes, also of files whose uploads have begun at once', () => {
    const some = withFile(none, 'a', 60);
    const begun = expectOk(begin(some, 'b', QUOTA, NOW));
    expect(roomIn(begun, QUOTA).bytes).toBe(40);
    expect(enter(begun, 'b', 41, QUOTA)).toMatchObject({ error: { code: 'MEDIA_QUOTA_EXCEEDED' } });
    const full = expectOk(enter(begun, 'b', 40, QUOTA));
    expect(enter(full, 'b', 40, QUOTA)).toEqual({ ok: true, value: full });
    expect(begin(markUsed(full, 'a', true), 'c', QUOTA, NOW)).toMatchObject({ ok: false });
  });

  it('does not count an upload that ended without a word', () => {
    const begun = ['a', 'b'].reduce((library, id) => expectOk(begin(library, id, QUOTA, NOW)), none);
    expect(begin(begun, 'c', QUOTA, after(NOW, HOUR - 1))).toMatchObject({ ok: false });
    expect(Object.keys(expectOk(begin(begun, 'c', QUOTA, after(NOW, HOUR))).entries)).toEqual(['c']);
  });

  it('keeps the place of a file that is stored when its upload is given up', () => {
    const stored = withFile(none, 'a', 1);
    expect(giveUp(stored, 'a')).toBe(stored);
  });
});
