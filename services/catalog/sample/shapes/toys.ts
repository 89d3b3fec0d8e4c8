import {
  BRASS,
  INK,
  PAPER,
  STEEL,
  WALNUT,
  WOOD,
  circle,
  draw,
  ellipse,
  faded,
  mirrored,
  path,
  rect,
  ring,
  shadow,
  stroke,
  turned,
  type Shape,
} from './draw.ts';

const game: Shape = (p) =>
  draw(
    shadow(490, 240),
    rect(120, 150, 400, 330, p.dark, 14),
    rect(120, 140, 400, 316, p.base, 14),
    path(
      'M120 380 L230 270 L310 340 L400 240 L520 360 V442 Q520 456 506 456 H134 Q120 456 120 442 Z',
      p.light,
    ),
    circle(440, 208, 34, p.pale),
    rect(154, 168, 200, 34, PAPER, 8),
    faded(0.8, rect(154, 214, 130, 14, PAPER, 7)),
    `<g transform="rotate(-12 200 440)">${rect(150, 398, 84, 84, PAPER, 16)}${circle(172, 420, 8, INK)}${circle(212, 460, 8, INK)}${circle(192, 440, 8, INK)}</g>`,
    path(
      'M420 496 Q414 444 442 436 Q424 420 434 400 Q448 384 462 400 Q472 420 454 436 Q482 444 476 496 Z',
      '#c9573f',
    ),
    path(
      'M496 500 Q492 456 514 450 Q500 436 508 420 Q520 408 532 420 Q540 436 526 450 Q548 456 544 500 Z',
      '#3f6f8f',
    ),
  );

/** One piece of 150 × 150 with a tab on its right and on its lower side, or the holes for them. */
const piece = (x: number, y: number, fill: string, right: boolean, below: boolean): string =>
  draw(
    rect(x, y, 150, 150, fill, 8),
    right ? draw(rect(x + 144, y + 62, 22, 26, fill), circle(x + 172, y + 75, 22, fill)) : '',
    below ? draw(rect(x + 62, y + 144, 26, 22, fill), circle(x + 75, y + 172, 22, fill)) : '',
  );

const puzzle: Shape = (p) =>
  draw(
    shadow(490, 200),
    turned(
      -7,
      piece(324, 316, p.dark, false, false),
      piece(168, 316, p.light, true, false),
      piece(324, 160, p.pale, false, true),
      piece(168, 160, p.base, true, true),
      `<g transform="rotate(16 500 130)">${rect(452, 62, 96, 96, p.light, 8)}${circle(500, 168, 17, p.light)}${rect(490, 152, 20, 14, p.light)}</g>`,
    ),
  );

const train: Shape = (p) =>
  draw(
    shadow(486, 250),
    rect(116, 376, 408, 40, WALNUT, 12),
    rect(128, 168, 140, 210, p.base, 14),
    rect(112, 142, 172, 40, p.dark, 14),
    rect(156, 212, 84, 76, PAPER, 12),
    rect(268, 258, 236, 120, p.light, 50),
    rect(300, 258, 26, 120, p.dark),
    rect(396, 258, 26, 120, p.dark),
    path('M430 180 H494 L482 262 H442 Z', p.deep),
    rect(420, 166, 84, 24, p.base, 10),
    faded(0.85, circle(474, 124, 26, PAPER), circle(512, 94, 20, PAPER), circle(540, 70, 13, PAPER)),
    circle(332, 250, 20, BRASS),
    ...[188, 330, 452].map((x) =>
      draw(circle(x, 426, 56, WOOD), circle(x, 426, 40, '#d2ab7d'), circle(x, 426, 13, p.base)),
    ),
  );

const bear: Shape = (p) =>
  draw(
    shadow(500, 190),
    mirrored(circle(238, 112, 44, p.dark), circle(238, 114, 24, p.pale)),
    mirrored(`<g transform="rotate(28 200 330)">${ellipse(200, 340, 38, 74, p.dark)}</g>`),
    ellipse(320, 374, 122, 118, p.base),
    ellipse(320, 386, 78, 82, p.pale),
    mirrored(ellipse(230, 458, 58, 44, p.dark), ellipse(222, 462, 30, 24, p.pale)),
    circle(320, 186, 112, p.base),
    ellipse(320, 220, 56, 44, p.pale),
    mirrored(circle(278, 172, 11, INK), circle(281, 168, 4, PAPER)),
    path('M300 202 Q320 190 340 202 Q336 222 320 224 Q304 222 300 202 Z', INK),
    stroke('M320 224 V236 Q306 250 294 240 M320 236 Q334 250 346 240', INK, 5),
    path('M276 288 L320 306 L364 288 V330 L320 310 L276 330 Z', '#c9573f'),
  );

const rabbit: Shape = (p) =>
  draw(
    shadow(500, 190),
    mirrored(
      path('M262 176 Q214 60 256 44 Q304 60 308 164 Z', p.base),
      path('M268 158 Q240 84 258 70 Q286 88 294 156 Z', p.pale),
    ),
    ellipse(320, 402, 108, 94, p.base),
    ellipse(320, 414, 64, 66, p.pale),
    mirrored(ellipse(240, 474, 54, 26, p.dark)),
    circle(320, 244, 102, p.base),
    mirrored(circle(282, 232, 11, INK), circle(285, 228, 4, PAPER), circle(256, 268, 18, '#e9a79b')),
    path('M308 262 H332 L320 276 Z', '#c9694f'),
    stroke('M320 276 V288 Q308 300 296 292 M320 288 Q332 300 344 292', INK, 5),
    mirrored(`<g transform="rotate(30 230 380)">${ellipse(230, 384, 28, 54, p.dark)}</g>`),
    faded(0.9, circle(452, 434, 30, PAPER)),
    ring(320, 404, 24, p.dark, 0),
    stroke('M262 336 Q320 362 378 336', STEEL, 13),
  );

const blocks: Shape = (p) =>
  draw(
    shadow(494, 220),
    rect(128, 356, 130, 132, p.base, 14),
    rect(264, 356, 130, 132, '#d9b25f', 14),
    rect(400, 356, 112, 132, p.dark, 14),
    rect(190, 220, 134, 132, p.light, 14),
    path(
      'M332 352 V292 Q332 226 398 226 Q464 226 464 292 V352 H424 V296 Q424 270 398 270 Q372 270 372 296 V352 Z',
      '#5d8f86',
    ),
    path('M186 216 L258 92 L330 216 Z', '#c9694f'),
    circle(398, 176, 44, p.pale),
    circle(193, 422, 30, p.pale),
    path('M330 392 L356 440 H304 Z', PAPER),
    rect(230, 262, 54, 52, p.pale, 6),
    rect(432, 398, 48, 48, p.light, 24),
  );

export const toys: Readonly<Record<string, Shape>> = {
  game,
  puzzle,
  train,
  bear,
  rabbit,
  blocks,
};
