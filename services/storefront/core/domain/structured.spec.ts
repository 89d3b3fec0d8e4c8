import { describe, expect, it } from 'vitest';
import { ASH, OAK, product } from '../../test/fake-shop.ts';
import type { Reviews } from '../ports/shop.ts';
import { breadcrumbList, productData } from './structured.ts';

const URL = 'https://shop.example';

const reviews = (average: number, count: number): Reviews => ({
  average,
  count,
  histogram: [0, 0, 0, 0, count],
  items: [],
});

describe('the data of a product for search engines', () => {
  it('names each picture once, with an absolute address', () => {
    const pictures = [
      { url: '/media/lamp.svg', alt: '' },
      { url: 'https://cdn.example/lamp.jpg', alt: '' },
    ];
    const pictured = { ...product, variants: product.variants.map((one) => ({ ...one, pictures })) };
    expect(productData(pictured, undefined, undefined, URL)).toMatchObject({
      image: ['https://shop.example/media/lamp.svg', 'https://cdn.example/lamp.jpg'],
    });
  });

  it('contains the rating once there are reviews', () => {
    expect(productData(product, reviews(4.5, 2), undefined, URL)).toMatchObject({
      aggregateRating: { ratingValue: 4.5, reviewCount: 2 },
    });
    for (const none of [reviews(0, 0), undefined])
      expect(productData(product, none, undefined, URL)).not.toHaveProperty('aggregateRating');
  });

  it('says what is in stock', () => {
    expect(productData(product, undefined, new Map([[OAK, 3]]), URL)).toMatchObject({
      offers: [
        { availability: 'https://schema.org/InStock', url: expect.stringContaining(OAK) },
        { availability: 'https://schema.org/OutOfStock', url: expect.stringContaining(ASH) },
      ],
    });
  });

  it('says nothing of a stock that is unknown', () => {
    expect(JSON.stringify(productData(product, undefined, undefined, URL))).not.toContain('availability');
  });
});

describe('a path for search engines', () => {
  it('is numbered from one', () => {
    const links = [
      { href: '/categories/home', text: 'Home' },
      { href: '/categories/lamps', text: 'Lamps' },
    ];
    expect(breadcrumbList(links, URL)).toMatchObject({
      itemListElement: [
        { position: 1, name: 'Home', item: 'https://shop.example/categories/home' },
        { position: 2, name: 'Lamps', item: 'https://shop.example/categories/lamps' },
      ],
    });
  });
});
