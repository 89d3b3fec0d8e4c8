import {
  BRASS,
  INK,
  METAL,
  PAPER,
  circle,
  draw,
  faded,
  path,
  rect,
  shadow,
  stroke,
  type Shape,
} from './draw.ts';

const soap: Shape = (p) =>
  draw(
    shadow(474, 230),
    path('M110 330 L320 262 L540 318 V410 L330 486 L110 424 Z', p.dark),
    path('M110 330 L320 262 L540 318 L330 394 Z', p.light),
    path('M110 330 L330 394 V486 L110 424 Z', p.base),
    path('M206 300 L248 286 L466 344 V436 L426 451 V360 Z', PAPER),
    path('M206 300 L426 360 V451 L388 464 V372 L168 312 Z', p.pale),
    stroke('M290 320 L360 338', p.deep, 6),
    circle(178, 226, 34, p.pale),
    circle(168, 216, 9, PAPER),
    circle(244, 188, 20, p.pale),
    circle(238, 182, 6, PAPER),
    circle(120, 274, 16, p.pale),
  );

const pump: Shape = (p) =>
  draw(
    shadow(498, 140),
    stroke('M320 140 V102 H232 Q222 102 222 120', INK, 20),
    rect(296, 132, 48, 44, INK, 6),
    rect(272, 164, 96, 48, p.deep, 12),
    path(
      'M244 210 H396 Q426 218 426 252 V462 Q426 494 394 494 H246 Q214 494 214 462 V252 Q214 218 244 210 Z',
      p.base,
    ),
    path(
      'M244 210 H262 Q252 230 252 256 V468 Q252 486 262 494 H246 Q214 494 214 462 V252 Q214 218 244 210 Z',
      p.light,
    ),
    rect(244, 276, 152, 156, PAPER, 10),
    stroke('M320 296 Q290 330 320 352 Q350 330 320 296', p.dark, 6),
    faded(0.7, rect(268, 374, 104, 10, p.deep, 5), rect(284, 396, 72, 7, p.dark, 3)),
  );

const tube: Shape = (p) =>
  draw(
    shadow(500, 110),
    path('M214 92 H426 L398 420 H242 Z', p.base),
    path('M214 92 H262 L276 420 H242 Z', p.light),
    path('M392 92 H426 L398 420 H372 Z', p.dark),
    rect(208, 74, 224, 34, p.dark, 6),
    ...[224, 248, 272, 296, 320, 344, 368, 392, 416].map((x) => stroke(`M${x} 82 V100`, p.base, 4)),
    rect(252, 416, 136, 78, PAPER, 12),
    rect(252, 416, 136, 14, METAL),
    rect(266, 184, 108, 20, PAPER, 6),
    faded(
      0.8,
      rect(278, 222, 84, 8, PAPER, 4),
      rect(278, 242, 84, 8, PAPER, 4),
      rect(290, 262, 60, 8, PAPER, 4),
    ),
    circle(320, 330, 26, p.pale),
  );

const perfume: Shape = (p) =>
  draw(
    shadow(496, 170),
    rect(270, 84, 100, 96, INK, 14),
    rect(270, 84, 30, 96, '#4a525a', 14),
    rect(284, 176, 72, 42, BRASS, 4),
    rect(172, 210, 296, 282, '#eef2f3', 44),
    rect(192, 262, 256, 212, p.base, 28),
    path('M192 300 Q256 276 320 300 T448 300 V276 Q448 262 434 262 H206 Q192 262 192 276 Z', p.pale),
    rect(250, 326, 140, 88, PAPER, 4),
    faded(0.75, rect(272, 352, 96, 10, p.deep, 5), rect(290, 376, 60, 7, p.dark, 3)),
    faded(0.9, rect(184, 236, 12, 220, PAPER, 6)),
    stroke('M320 216 V300', METAL, 5),
  );

export const care: Readonly<Record<string, Shape>> = {
  soap,
  pump,
  tube,
  perfume,
};
