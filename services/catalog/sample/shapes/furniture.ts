import {
  INK,
  LEAF,
  MOSS,
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
  shadow,
  stroke,
  type Shape,
} from './draw.ts';

const chair: Shape = (p) =>
  draw(
    shadow(502, 170),
    stroke('M226 352 L196 494 M414 352 L444 494', WALNUT, 18),
    stroke('M268 352 L258 460 M372 352 L382 460', WOOD, 14),
    stroke('M236 330 L222 96 M404 330 L418 96', WALNUT, 18),
    rect(212, 92, 216, 84, p.base, 28),
    rect(218, 200, 204, 40, p.base, 20),
    rect(212, 92, 216, 40, p.light, 20),
    path('M200 322 Q320 300 440 322 L452 356 Q320 384 188 356 Z', p.base),
    path('M188 356 Q320 384 452 356 V370 Q320 398 188 370 Z', p.dark),
  );

const armchair: Shape = (p) =>
  draw(
    shadow(502, 210),
    mirrored(stroke('M196 448 L182 494', WALNUT, 18)),
    rect(168, 104, 304, 300, p.dark, 74),
    rect(186, 120, 268, 240, p.base, 60),
    rect(190, 318, 260, 96, p.light, 34),
    rect(160, 386, 320, 72, p.dark, 22),
    mirrored(rect(124, 264, 82, 194, p.base, 38), rect(124, 264, 82, 46, p.light, 23)),
    ...[256, 320, 384].map((x) => circle(x, 214, 7, p.dark)),
  );

const table: Shape = (p) =>
  draw(
    shadow(500, 250),
    stroke('M150 250 L112 490 M490 250 L528 490', p.deep, 22),
    stroke('M214 240 L198 440 M426 240 L442 440', p.dark, 16),
    path('M96 214 Q320 190 544 214 L574 244 H66 Z', p.light),
    rect(66, 240, 508, 32, p.base, 10),
    rect(66, 260, 508, 12, p.dark, 6),
    rect(134, 272, 372, 24, p.dark, 4),
    ellipse(250, 214, 40, 9, p.dark),
    path('M224 150 H276 Q284 200 264 214 H236 Q216 200 224 150 Z', PAPER),
    stroke('M250 150 V96 M250 126 Q224 116 222 92 M250 120 Q276 108 280 82', MOSS, 7),
    circle(222, 88, 12, LEAF),
    circle(250, 88, 13, LEAF),
    circle(280, 78, 12, LEAF),
  );

const shelf: Shape = (p) =>
  draw(
    shadow(500, 190),
    rect(156, 78, 328, 414, p.deep, 10),
    rect(174, 96, 292, 382, p.dark, 4),
    rect(156, 78, 20, 414, p.base, 6),
    rect(464, 78, 20, 414, p.base, 6),
    rect(156, 76, 328, 20, p.light, 6),
    ...[206, 340].map((y) => rect(172, y, 296, 18, p.light)),
    rect(156, 474, 328, 18, p.base, 6),
    rect(192, 124, 26, 82, '#b65c4b', 3),
    rect(222, 112, 22, 94, '#d9b25f', 3),
    rect(248, 130, 30, 76, '#557a8f', 3),
    circle(410, 176, 30, '#cfae8a'),
    path('M344 340 L352 286 H400 L408 340 Z', PAPER),
    path('M376 288 Q330 268 342 234 Q372 246 376 288 Q380 236 414 232 Q420 270 376 288 Z', LEAF),
    rect(196, 318, 96, 22, '#5f7f6d', 3),
    rect(204, 298, 84, 20, '#d9b25f', 3),
    rect(196, 386, 120, 88, '#d8c4a4', 8),
    rect(238, 404, 36, 12, WALNUT, 6),
    rect(340, 402, 24, 72, '#8c5a6b', 3),
    rect(368, 390, 28, 84, PAPER, 3),
    rect(400, 408, 22, 66, '#b65c4b', 3),
  );

const sofa: Shape = (p) =>
  draw(
    shadow(480, 280),
    mirrored(stroke('M132 440 L120 472', WALNUT, 18)),
    rect(106, 190, 428, 210, p.dark, 50),
    mirrored(rect(128, 206, 186, 160, p.base, 34)),
    mirrored(rect(134, 326, 184, 76, p.light, 24)),
    rect(92, 384, 456, 66, p.dark, 22),
    mirrored(rect(62, 272, 84, 178, p.base, 38), rect(62, 272, 84, 46, p.light, 23)),
    `<g transform="rotate(14 430 290)">${rect(388, 248, 88, 88, p.pale, 18)}</g>`,
  );

const officeChair: Shape = (p) =>
  draw(
    shadow(498, 190),
    stroke('M320 430 L204 474 M320 430 L436 474 M320 430 V482', STEEL, 17),
    circle(200, 484, 14, INK),
    circle(440, 484, 14, INK),
    circle(320, 488, 14, INK),
    rect(308, 366, 24, 74, STEEL, 6),
    rect(306, 270, 28, 70, INK, 8),
    path('M222 98 Q320 70 418 98 L428 272 Q320 302 212 272 Z', p.base),
    path('M222 98 Q320 70 418 98 L420 140 Q320 112 220 140 Z', p.light),
    faded(0.6, stroke('M236 196 Q320 220 404 196 M238 232 Q320 256 402 232', p.dark, 6)),
    mirrored(stroke('M186 336 V268 M166 262 H212', INK, 15)),
    rect(178, 318, 284, 58, p.base, 28),
    path('M180 350 Q320 366 460 350 Q456 376 434 376 H206 Q184 376 180 350 Z', p.dark),
  );

const sideboard: Shape = (p) =>
  draw(
    shadow(482, 280),
    mirrored(stroke('M112 424 L100 478', WALNUT, 15)),
    rect(66, 238, 508, 196, p.dark, 12),
    rect(66, 232, 508, 26, p.light, 10),
    ...[80, 248, 416].map((x) =>
      draw(
        rect(x, 266, 144, 156, p.base, 6),
        ...[0, 1, 2, 3, 4, 5, 6].map((slat) => rect(x + 12 + slat * 18, 274, 8, 140, p.dark, 3)),
      ),
    ),
    path('M122 232 Q106 196 134 166 V142 H166 V166 Q194 196 178 232 Z', PAPER),
    stroke('M150 142 V96 M150 124 Q128 110 126 88', MOSS, 6),
    circle(150, 88, 14, LEAF),
    circle(124, 80, 12, LEAF),
    rect(404, 214, 120, 18, '#b65c4b', 3),
    rect(414, 196, 104, 18, '#d9b25f', 3),
  );

const ledge: Shape = (p) =>
  draw(
    shadow(452, 230),
    rect(82, 352, 476, 34, p.base, 8),
    rect(82, 374, 476, 12, p.dark, 6),
    rect(82, 352, 476, 10, p.light, 5),
    rect(146, 236, 30, 116, '#b65c4b', 3),
    rect(180, 218, 26, 134, '#557a8f', 3),
    rect(210, 244, 34, 108, PAPER, 3),
    `<g transform="rotate(12 262 352)">${rect(262, 238, 28, 114, '#d9b25f', 3)}</g>`,
    path('M384 352 L374 286 H458 L448 352 Z', PAPER),
    path('M416 290 Q348 262 362 196 Q408 222 416 290 Q422 208 478 200 Q486 264 416 290 Z', LEAF),
    stroke('M416 290 V214', MOSS, 6),
    circle(510, 328, 24, '#cfae8a'),
  );

export const furniture: Readonly<Record<string, Shape>> = {
  chair,
  armchair,
  table,
  shelf,
  sofa,
  'office-chair': officeChair,
  sideboard,
  ledge,
};
