import {
  BRASS,
  INK,
  PAPER,
  STEEL,
  WOOD,
  circle,
  draw,
  ellipse,
  faded,
  path,
  rect,
  shadow,
  stroke,
  type Shape,
} from './draw.ts';

const tent: Shape = (p) =>
  draw(
    shadow(480, 270),
    stroke('M320 136 L64 478 M320 136 L576 478', WOOD, 8),
    path('M320 128 L548 470 H92 Z', p.base),
    path('M320 128 L548 470 H400 Z', p.dark),
    path('M320 128 L92 470 H240 Z', p.light),
    path('M320 190 L396 470 H244 Z', p.deep),
    path('M320 190 L244 470 H286 Q300 330 320 190 Z', p.pale),
    path('M320 190 L396 470 H370 Q340 330 320 190 Z', p.pale),
    stroke('M312 118 L330 142 M328 118 L310 142', WOOD, 8),
    stroke('M92 470 L58 486 M548 470 L582 486', INK, 5),
    circle(502, 124, 28, '#fff3c9'),
  );

const sleepingBag: Shape = (p) =>
  draw(
    shadow(496, 140),
    path(
      'M320 70 Q430 74 436 180 L414 430 Q406 492 320 494 Q234 492 226 430 L204 180 Q210 74 320 70 Z',
      p.base,
    ),
    path(
      'M320 70 Q430 74 436 180 L414 430 Q406 492 320 494 Q380 470 384 420 L392 180 Q390 100 320 70 Z',
      p.dark,
    ),
    ellipse(316, 156, 72, 66, p.deep),
    ellipse(316, 168, 58, 50, p.pale),
    faded(
      0.8,
      ...[256, 306, 356, 406, 452].map((y) =>
        stroke(`M${216 + (y - 256) * 0.09} ${y} Q320 ${y + 22} ${424 - (y - 256) * 0.09} ${y}`, p.deep, 5),
      ),
    ),
    stroke('M316 234 V476', BRASS, 5),
    circle(316, 246, 9, BRASS),
  );

const flask: Shape = (p) =>
  draw(
    shadow(498, 110),
    stroke('M282 92 Q320 40 358 92', INK, 15),
    rect(272, 84, 96, 66, INK, 16),
    rect(266, 142, 108, 22, STEEL, 6),
    path(
      'M266 164 H374 Q414 182 414 226 V456 Q414 494 376 494 H264 Q226 494 226 456 V226 Q226 182 266 164 Z',
      p.base,
    ),
    path(
      'M266 164 H290 Q262 186 262 230 V456 Q262 486 280 494 H264 Q226 494 226 456 V226 Q226 182 266 164 Z',
      p.light,
    ),
    path(
      'M352 164 H374 Q414 182 414 226 V456 Q414 494 376 494 H358 Q384 484 384 456 V230 Q382 186 352 164 Z',
      p.dark,
    ),
    path('M286 356 L320 296 L354 356 Z M262 372 L292 322 L322 372 Z', PAPER),
    rect(226, 440, 188, 12, STEEL),
  );

const headlamp: Shape = (p) =>
  draw(
    shadow(480, 200),
    faded(0.5, path('M300 320 L70 210 V460 Z', '#fff3c4')),
    `<ellipse cx="372" cy="286" rx="170" ry="120" fill="none" stroke="${p.dark}" stroke-width="44"/>`,
    `<ellipse cx="372" cy="286" rx="170" ry="120" fill="none" stroke="${p.base}" stroke-width="28"/>`,
    `<ellipse cx="372" cy="286" rx="170" ry="120" fill="none" stroke="${p.pale}" stroke-width="4" stroke-dasharray="16 12"/>`,
    rect(214, 264, 150, 128, INK, 28),
    rect(236, 242, 106, 22, p.light, 10),
    circle(280, 330, 56, STEEL),
    circle(280, 330, 44, '#fff3c4'),
    circle(280, 330, 22, PAPER),
  );

export const outdoor: Readonly<Record<string, Shape>> = {
  tent,
  'sleeping-bag': sleepingBag,
  flask,
  headlamp,
};
