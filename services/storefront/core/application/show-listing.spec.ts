import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { found, listed, USER } from '../../test/fake-shop.ts';
import { fakePages, frameOf, guest, pageOf } from '../../test/pages.ts';
import { NO_FILTERS } from '../domain/filters.ts';
import type { Category, Found, Shop } from '../ports/shop.ts';
import { makeShowCategory, makeShowSearch } from './show-listing.ts';

const category = (slug: string, children: readonly Category[] = []): Category => ({
  categoryId: `id-of-${slug}`,
  slug,
  name: slug.toUpperCase(),
  count: 2,
  picture: undefined,
  children,
});

const TREE = [
  category('books'),
  category('home', [category('rugs'), category('lamps', [category('desk-lamps')])]),
];

const shop = (result: Partial<Found> = {}): Partial<Shop> => ({
  categories: () => Promise.resolve(TREE),
  category: () =>
    Promise.resolve({ ...category('lamps'), description: '', above: [{ slug: 'home', name: 'Home' }] }),
  search: () => Promise.resolve({ ...found, ...result }),
});

const search = (filters: Partial<typeof NO_FILTERS>, changes: Partial<Shop> = {}, cursor?: string) =>
  makeShowSearch(fakePages(changes).pages)(guest, { ...NO_FILTERS, ...filters }, cursor);

describe('the page of a category', () => {
  const show = (result: Partial<Found> = {}, cursor?: string) =>
    makeShowCategory(fakePages(shop(result)).pages)(guest, 'lamps', cursor);

  it('leads up and down the tree', async () => {
    const page = pageOf(await show(), 'listing');
    expect(page.breadcrumbs.map(({ href }) => href)).toEqual(['/categories/home', '/categories/lamps']);
    expect(page.subcategories).toEqual([{ href: '/categories/desk-lamps', text: 'DESK-LAMPS', count: 2 }]);
  });

  it('leads to the next and the first of its pages', async () => {
    expect(pageOf(await show({ next: 'b' }, 'a'), 'listing')).toMatchObject({
      nextHref: '/categories/lamps?cursor=b',
      firstHref: '/categories/lamps',
    });
    expect(pageOf(await show(), 'listing')).toMatchObject({ nextHref: undefined, firstHref: undefined });
  });

  it('is listed by search engines, with only its first page', async () => {
    expect(frameOf(await show())).toMatchObject({
      isIndexed: true,
      canonical: 'https://shop.example/categories/lamps',
    });
    expect(frameOf(await show({}, 'a')).isIndexed).toBe(false);
  });

  it('has moved if the category has another slug now', async () => {
    const { pages } = fakePages(shop());
    expect(await makeShowCategory(pages)(guest, 'old-lamps', undefined)).toEqual({
      kind: 'moved',
      to: '/categories/lamps',
    });
  });

  it('has no subcategories if it is not in the tree', async () => {
    const { pages } = fakePages({ ...shop(), categories: () => Promise.resolve([category('books')]) });
    expect(pageOf(await makeShowCategory(pages)(guest, 'lamps', undefined), 'listing').subcategories).toEqual(
      [],
    );
  });
});

describe('a search', () => {
  it('leads to the page of a category that is its only filter', async () => {
    expect(await search({ category: 'lamps' }, shop())).toEqual({ kind: 'see', to: '/categories/lamps' });
  });

  it('continues a category by its page', async () => {
    const page = pageOf(await search({ category: 'lamps' }, shop({ next: 'b' }), 'a'), 'listing');
    expect(page.nextHref).toBe('/categories/lamps?cursor=b');
  });

  it('in a category that does not exist is not found', async () => {
    expect(
      await search({ category: 'none', query: 'x' }, { category: () => Promise.resolve(undefined) }),
    ).toBeUndefined();
  });

  it('asks the shop for the chosen filters', async () => {
    const { pages, commands } = fakePages();
    const filters = { ...NO_FILTERS, query: 'lamp', category: 'lamps', brands: ['Lumen'], minPrice: '9.5' };
    await makeShowSearch(pages)(guest, filters, 'a');
    expect(commands).toMatchObject([
      [
        'search',
        {
          query: 'lamp',
          categoryId: USER,
          brands: ['Lumen'],
          minPrice: 9.5,
          maxPrice: undefined,
          cursor: 'a',
          withFacets: true,
        },
      ],
    ]);
  });

  it('leads where the shop redirects it, but never to another origin', async () => {
    expect(await search({ query: 'returns' }, shop({ redirect: '/search?q=rugs' }))).toEqual({
      kind: 'see',
      to: '/search?q=rugs',
    });
    expect(await search({ query: 'returns' }, shop({ redirect: 'https://evil.example' }))).toEqual({
      kind: 'see',
      to: '/',
    });
  });

  it('keeps its filters on the next page', async () => {
    const page = pageOf(await search({ query: 'lamp', rating: '4' }, shop({ next: 'b' }), 'a'), 'listing');
    expect(page).toMatchObject({
      nextHref: '/search?q=lamp&rating=4&cursor=b',
      firstHref: '/search?q=lamp&rating=4',
      breadcrumbs: [],
      subcategories: [],
    });
  });

  it.each([
    ['of the products', [{ ...listed, from: money(500, 'JPY') }], /^(JP)?¥1,000$/],
    ['EUR if there are no products', [], /^€1,000\.00$/],
  ])('shows the lowest price in the currency %s', async (_, items, lowest) => {
    const price = { min: 1_000, max: 2_000 };
    const facets = { categories: [], brands: [], attributes: [], ratings: [], price };
    const page = pageOf(await search({ query: 'lamp' }, shop({ items, facets })), 'listing');
    expect(page.price.lowest).toMatch(lowest);
  });
});
