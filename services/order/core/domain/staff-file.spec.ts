import { describe, expect, it } from 'vitest';
import {
  emptyFile,
  filed,
  MOST_NOTES,
  MOST_TAGS,
  withNote,
  withoutNote,
  withoutNotes,
  type Filing,
  type StaffFile,
} from './staff-file.ts';

const ANNA = { userId: 'u-1', name: 'Anna' };
const NOTE = { noteId: 'n-1', text: 'Call back', author: ANNA, at: '2026-03-01T12:00:00.000Z' };
const EMPTY = emptyFile('o-1');

const after = (file: StaffFile, ...filings: readonly Filing[]): StaffFile =>
  filings.reduce((current, filing) => {
    const result = filed(current, filing);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  }, file);

describe('the tags of an order', () => {
  it('are each there once, in one spelling', () => {
    const tagged = after(EMPTY, { act: 'add_tag', tag: ' Gift  Wrap' }, { act: 'add_tag', tag: 'gift wrap' });
    expect(tagged).toEqual({ ...EMPTY, version: 1, tags: ['gift wrap'] });
  });

  it('are removed in any spelling', () => {
    const tagged = after(EMPTY, { act: 'add_tag', tag: 'vip' }, { act: 'add_tag', tag: 'gift' });
    expect(after(tagged, { act: 'remove_tag', tag: 'VIP' }).tags).toEqual(['gift']);
    expect(after(tagged, { act: 'remove_tag', tag: 'other' })).toBe(tagged);
  });

  it('are limited in number', () => {
    const full = { ...EMPTY, tags: Array.from({ length: MOST_TAGS }, (_, index) => `t${index}`) };
    expect(filed(full, { act: 'add_tag', tag: 'more' })).toMatchObject({ error: { code: 'TOO_MANY_TAGS' } });
    expect(after(full, { act: 'add_tag', tag: 't0' })).toBe(full);
  });
});

describe('an order', () => {
  it('is assigned to one member of staff, and to nobody again', () => {
    const assigned = after(EMPTY, { act: 'assign', assignee: ANNA });
    expect(assigned.assignee).toEqual(ANNA);
    expect(after(assigned, { act: 'assign', assignee: ANNA })).toBe(assigned);
    expect(after(assigned, { act: 'unassign' })).toMatchObject({ version: 2, assignee: undefined });
    expect(after(EMPTY, { act: 'unassign' })).toBe(EMPTY);
  });
});

describe('a note', () => {
  it('is added and removed', () => {
    const noted = withNote(EMPTY, NOTE);
    expect(noted).toEqual({ ok: true, value: { ...EMPTY, version: 1, notes: [NOTE] } });
    if (!noted.ok) return;
    expect(withoutNote(noted.value, 'n-2')).toBe(noted.value);
    expect(withoutNote(noted.value, 'n-1')).toEqual({ ...EMPTY, version: 2 });
    expect(withoutNotes(noted.value)).toEqual({ ...EMPTY, version: 2 });
    expect(withoutNotes(EMPTY)).toBe(EMPTY);
  });

  it('is one too many if there are hundreds', () => {
    const full = { ...EMPTY, notes: Array.from({ length: MOST_NOTES }, () => NOTE) };
    expect(withNote(full, NOTE)).toMatchObject({ error: { code: 'TOO_MANY_NOTES' } });
  });
});
