import { describe, expect, it } from 'vitest';
import { picturesAt, picturesOf, textsOf, urlsOf } from './pictures.ts';

const RED = { url: '/red.svg', alt: 'Red' };
const BLUE = { url: '/blue.svg', alt: 'Blue' };

describe('pictures', () => {
  it('have the texts that are entered, or none', () => {
    expect(picturesOf([RED, { url: '/blue.svg', alt: '' }], [BLUE])).toEqual([RED, { ...BLUE, alt: '' }]);
    expect(picturesOf([{ url: '/new.svg' }], [RED])).toEqual([{ url: '/new.svg', alt: '' }]);
  });

  it('keep their texts in another order, and each its own if several have one URL', () => {
    expect(picturesOf(picturesAt(['/blue.svg', '/red.svg']), [RED, BLUE])).toEqual([BLUE, RED]);
    const twice = [RED, { ...RED, alt: 'From behind' }];
    expect(picturesOf(picturesAt(urlsOf({ pictures: twice })), twice)).toEqual(twice);
  });

  it('without a URL are left out', () => {
    expect(picturesOf(picturesAt(['', '/red.svg', '']), [RED])).toEqual([RED]);
  });

  it('are URLs and texts in their order', () => {
    const pictures = [RED, BLUE];
    expect([urlsOf({ pictures }), textsOf({ pictures })]).toEqual([
      ['/red.svg', '/blue.svg'],
      ['Red', 'Blue'],
    ]);
  });
});
