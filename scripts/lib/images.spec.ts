import { describe, expect, it } from 'vitest';
import { CHARTS } from '../charts/values.ts';
import { digestsIn, ENVIRONMENTS, imagesOf, readRunning, running, valuesOf } from './images.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const REGISTRY = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop';

const METADATA = JSON.stringify({
  'buildx.build.ref': 'builder/builder0/x',
  cart: { 'containerimage.digest': digest('1'), 'image.name': `${REGISTRY}/cart:abc` },
  'admin-portal': { 'containerimage.digest': digest('2'), 'image.name': `${REGISTRY}/admin-portal:abc` },
});

describe('What runs in an environment', () => {
  it.each(ENVIRONMENTS)(
    'is known of %s: an image of each service, or none before the first delivery',
    (name) => {
      const { digests } = running(name);
      expect([[], CHARTS]).toContainEqual(Object.keys(digests).toSorted());
    },
  );

  it('is read as it was written', () => {
    const now = { version: 'abc', digests: { cart: digest('1') } };
    expect(readRunning(valuesOf(now))).toEqual(now);
  });

  it('is refused if it names an image by anything but its digest', () => {
    expect(() => readRunning(valuesOf({ version: 'abc', digests: { cart: 'latest' } }))).toThrow('digests');
  });

  it('is what bake has pushed', () => {
    expect(digestsIn(METADATA, ['admin-portal', 'cart'])).toEqual({
      'admin-portal': digest('2'),
      cart: digest('1'),
    });
  });

  it('lacks no service', () => {
    expect(() => digestsIn(METADATA, ['cart', 'order'])).toThrow('order has no image');
  });

  it('names images as they are pulled', () => {
    expect(imagesOf('staging', { version: 'abc', digests: { cart: digest('1') } })).toEqual([
      `${REGISTRY}/cart@${digest('1')}`,
    ]);
  });
});
