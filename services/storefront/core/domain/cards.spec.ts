import { describe, expect, it } from 'vitest';
import { pictureOf } from './cards.ts';

const SHA = 'a'.repeat(64);

describe('a picture', () => {
  it('of the media service is offered in several widths', () => {
    expect(pictureOf(`https://cdn.example/api/v1/media/files/${SHA}-large.webp`, 'A lamp')).toEqual({
      src: `https://cdn.example/api/v1/media/files/${SHA}-medium.webp`,
      srcset: ['small.webp 320w', 'medium.webp 640w', 'large.webp 1280w']
        .map((one) => `https://cdn.example/api/v1/media/files/${SHA}-${one}`)
        .join(', '),
      alt: 'A lamp',
    });
  });

  it('of any other origin has one width', () => {
    expect(pictureOf('/media/samples/lamp.svg', '')).toEqual({
      src: '/media/samples/lamp.svg',
      srcset: undefined,
      alt: '',
    });
  });

  it('may be missing', () => {
    expect(pictureOf(undefined, '')).toBeUndefined();
  });
});
