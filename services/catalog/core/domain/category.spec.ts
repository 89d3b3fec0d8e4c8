import { describe, expect, it } from 'vitest';
import { changeCategory, createCategory, namesOf, type Category, type CategoryDraft } from './category.ts';

const aDraft = (changes: Partial<CategoryDraft> = {}): CategoryDraft => ({
  name: 'Lamps',
  position: 0,
  description: '',
  ...changes,
});

/** Creates categories one after the other: `['a', undefined]` is a root, `['b', 'a']` is below it. */
const grow = (...nodes: readonly (readonly [id: string, parentId?: string])[]): Category[] => {
  const tree: Category[] = [];
  for (const [id, parentId] of nodes) {
    const created = createCategory(aDraft({ name: `Name ${id}`, parentId }), id, tree);
    if (!created.ok) throw new Error(created.error.detail);
    tree.push(created.value);
  }
  return tree;
};

const move = (tree: readonly Category[], id: string, changes: Partial<CategoryDraft>) => {
  const category = tree.find((one) => one.id === id);
  if (!category) throw new Error(`there is no ${id}`);
  return changeCategory(category, { ...category, ...changes }, tree);
};

describe('a new category', () => {
  it.each([
    ['Bücher & Karten', 'bucher-karten'],
    ['  Lamps  ', 'lamps'],
    ['灯', 'deng'],
    ['!?', 'category'],
    ['x'.repeat(200), 'x'.repeat(120)],
  ])('named %s gets a slug from its name', (name, slug) => {
    expect(createCategory(aDraft({ name }), 'a', [])).toMatchObject({ ok: true, value: { slug } });
  });

  it('gets the next free slug if another category has its name', () => {
    const tree = grow(['a'], ['b']);
    const [lamps, again] = ['a', 'b'].map((parentId) => {
      const created = createCategory(aDraft({ parentId }), `${parentId}-lamps`, tree);
      if (created.ok) tree.push(created.value);
      return created.ok && created.value.slug;
    });
    expect([lamps, again]).toEqual(['lamps', 'lamps-2']);
  });

  it.each([
    ['a blank name', { name: ' ' }, 'INVALID_CATEGORY'],
    ['a parent that does not exist', { parentId: 'x' }, 'INVALID_CATEGORY'],
    ['the name of a sibling', { name: 'name  A' }, 'NAME_TAKEN'],
    ['the slug of another category', { slug: 'name-a' }, 'SLUG_TAKEN'],
    ['a sixth level', { parentId: 'e' }, 'INVALID_CATEGORY'],
  ])('is refused with %s', (_what, changes, code) => {
    const tree = grow(['a'], ['b', 'a'], ['c', 'b'], ['d', 'c'], ['e', 'd']);
    expect(createCategory(aDraft(changes), 'new', tree)).toMatchObject({ ok: false, error: { code } });
  });

  it('may have the name of a category elsewhere', () => {
    const tree = grow(['a'], ['b', 'a']);
    expect(createCategory(aDraft({ name: 'Name b' }), 'new', tree).ok).toBe(true);
  });

  it('is refused beyond 10,000', () => {
    const [one] = grow(['a']);
    const tree = Array.from({ length: 10_000 }, (_, index) => ({ ...one, id: `c${index}` }) as Category);
    expect(createCategory(aDraft(), 'new', tree)).toMatchObject({ error: { code: 'INVALID_CATEGORY' } });
  });
});

describe('a category', () => {
  const tree = grow(['a'], ['b', 'a'], ['c', 'b'], ['d', 'c'], ['x'], ['y', 'x']);

  it.each(['b', 'c', 'd'])('cannot be moved into itself or below itself (%s)', (parentId) => {
    expect(move(tree, 'b', { parentId })).toMatchObject({ error: { code: 'INVALID_CATEGORY' } });
  });

  it('is moved with those below it, which must fit', () => {
    expect(move(tree, 'b', { parentId: 'x' })).toMatchObject({ ok: true, value: { parentId: 'x' } });
    expect(move(tree, 'b', { parentId: 'y' })).toMatchObject({ ok: true });
    expect(move(tree, 'x', { parentId: 'd' })).toMatchObject({ error: { code: 'INVALID_CATEGORY' } });
    expect(move(tree, 'a', { parentId: 'y' })).toMatchObject({ error: { code: 'INVALID_CATEGORY' } });
  });

  it('keeps its slug when it is renamed', () => {
    expect(move(tree, 'b', { name: 'Other', slug: undefined })).toMatchObject({
      value: { name: 'Other', slug: 'name-b', version: 2, edition: 2 },
    });
  });

  it.each([
    ['a new name', { name: 'Other' }, { after: '' }],
    ['a new place', { parentId: undefined }, { after: '' }],
    ['a new description', { description: 'Other' }, undefined],
  ])('refreshes its products after %s', (_what, changes, refresh) => {
    const changed = move(tree, 'b', changes);
    expect(changed.ok && changed.value.refresh).toEqual(refresh);
  });

  it('has a name that only one of two concurrent moves can get', () => {
    const [first, second] = [move(tree, 'b', { parentId: 'y' }), move(tree, 'x', { parentId: 'b' })];
    if (!first.ok || !second.ok) throw new Error('refused');
    const names = new Set(namesOf(first.value));
    expect(namesOf(second.value).filter((name) => names.has(name))).toEqual(['generation:7']);
  });
});
