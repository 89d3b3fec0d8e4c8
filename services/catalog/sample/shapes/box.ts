import { PAPER, WOOD, draw, faded, path, shadow, type Shape } from './draw.ts';

/** Drawn for anything that nobody has drawn yet. */
export const box: Shape = (p) =>
  draw(
    shadow(490, 220),
    path('M120 222 L320 290 V490 L120 416 Z', p.base),
    path('M520 222 L320 290 V490 L520 416 Z', p.dark),
    path('M120 222 L320 156 L520 222 L320 290 Z', p.light),
    path('M206 194 L406 260 V330 L376 340 V272 L178 203 Z', WOOD),
    path('M206 194 L406 260 L376 272 L178 203 Z', '#d9bd97'),
    faded(0.7, path('M150 376 L212 398 V424 L150 402 Z', PAPER)),
  );
