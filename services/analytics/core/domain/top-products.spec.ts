import { expect, it } from 'vitest';
import { addProducts, byUnits, type ProductSales } from './top-products.ts';

const product = (productId: string, change: Partial<ProductSales>): ProductSales => ({
  productId,
  orders: 0,
  units: 0,
  revenueMinor: {},
  views: 0,
  ...change,
});

it('the products of a period are those of its parts, added up and ranked again', () => {
  const morning = [
    product('a', { orders: 1, units: 2, revenueMinor: { EUR: 500 } }),
    product('b', { orders: 1, units: 1, revenueMinor: { EUR: 100 }, views: 4 }),
  ];
  const evening = [
    product('b', { orders: 2, units: 3, revenueMinor: { EUR: 50, USD: 70 }, views: 1 }),
    product('c', { views: 9 }),
  ];
  expect(addProducts([morning, evening])).toEqual([
    product('b', { orders: 3, units: 4, revenueMinor: { EUR: 150, USD: 70 }, views: 5 }),
    product('a', { orders: 1, units: 2, revenueMinor: { EUR: 500 } }),
    product('c', { views: 9 }),
  ]);
  expect(addProducts([])).toEqual([]);
});

it('of products with equal units, that of more views comes first, then that of the lower ID', () => {
  const sold = [product('b', { views: 1 }), product('c', { views: 2 }), product('a', { views: 1 })];
  expect(sold.sort(byUnits).map(({ productId }) => productId)).toEqual(['c', 'a', 'b']);
});
