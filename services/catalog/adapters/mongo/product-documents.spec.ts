import { expect, it } from 'vitest';
import { aProduct } from '../../test/product.mother.ts';
import { fromBody, toBody } from './product-documents.ts';

it('a product that an earlier release stored is read with the fields that are new', () => {
  const product = aProduct();
  const { former: _, status: __, related: ___, ...body } = { ...product, ...toBody(product) };
  const variants = product.variants.map(({ pictures: ____, listPrices: _____, ...variant }) => ({
    ...variant,
    attributes: [{ name: 'size', value: 'M' }],
    images: ['/media/samples/box~aabbcc~Box.svg'],
  }));
  const specifications = [{ name: 'weight', value: '1 kg' }];
  expect(fromBody({ ...body, priceFrom: 1_999, specifications, variants })).toEqual(product);
});
