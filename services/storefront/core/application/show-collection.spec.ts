import { describe, expect, it } from 'vitest';
import { collection, listed } from '../../test/fake-shop.ts';
import { fakePages, guest, pageOf } from '../../test/pages.ts';
import { makeShowCollection } from './show-collection.ts';

const open = (next?: string) =>
  makeShowCollection(
    fakePages({
      collection: (slug) => Promise.resolve(['summer', 'c-1'].includes(slug) ? collection : undefined),
      productsIn: (slug) =>
        Promise.resolve(['summer', 'c-1'].includes(slug) ? { items: [listed], next } : undefined),
    }).pages,
  );

describe('the page of a collection', () => {
  it('shows its products, and is known to search engines', async () => {
    const outcome = await open()(guest, 'summer', undefined);
    expect(pageOf(outcome, 'collection')).toMatchObject({
      name: 'Summer',
      title: 'Summer',
      summary: 'Light and warm.',
      picture: { src: collection.picture.url, alt: 'A beach' },
      products: [{ name: listed.name }],
      nextHref: undefined,
      firstHref: undefined,
    });
    expect(outcome).toMatchObject({
      frame: { canonical: 'https://shop.example/collections/summer', isIndexed: true },
    });
  });

  it('leads to the next page and back to the first', async () => {
    const outcome = await open('c 3')(guest, 'summer', 'c 2');
    expect(pageOf(outcome, 'collection')).toMatchObject({
      nextHref: '/collections/summer?cursor=c+3',
      firstHref: '/collections/summer',
    });
    expect(outcome).toMatchObject({ frame: { isIndexed: false } });
  });

  it('has one address, whether its ID or its slug is asked for', async () => {
    expect(await open()(guest, 'c-1', undefined)).toEqual({ kind: 'moved', to: '/collections/summer' });
  });

  it('does not exist for a draft', async () => {
    expect(await open()(guest, 'winter', undefined)).toBeUndefined();
  });
});
