import {
  BRASS,
  INK,
  METAL,
  PAPER,
  STEEL,
  WALNUT,
  circle,
  draw,
  faded,
  mirrored,
  path,
  rect,
  shadow,
  stroke,
  type Shape,
} from './draw.ts';

const backpack: Shape = (p) =>
  draw(
    shadow(498, 180),
    stroke('M276 116 V92 Q276 70 320 70 Q364 70 364 92 V116', p.deep, 16),
    mirrored(stroke('M196 250 Q136 300 164 450', p.deep, 24)),
    rect(178, 104, 284, 388, p.base, 70),
    path('M178 270 V174 Q178 104 248 104 H392 Q462 104 462 174 V270 Q320 312 178 270 Z', p.light),
    mirrored(rect(236, 250, 26, 110, WALNUT, 6), rect(232, 318, 34, 28, BRASS, 5)),
    rect(214, 356, 212, 116, p.dark, 26),
    stroke('M232 384 H408', p.pale, 6),
    rect(302, 384, 12, 32, BRASS, 6),
    rect(284, 150, 72, 34, WALNUT, 6),
  );

const tote: Shape = (p) =>
  draw(
    shadow(500, 190),
    stroke('M236 226 C232 60 408 60 404 226', p.deep, 18),
    path('M142 206 H498 L478 484 Q476 496 462 496 H178 Q164 496 162 484 Z', p.base),
    path('M142 206 H498 L496 236 H144 Z', p.dark),
    path('M478 484 L498 206 H452 L440 496 H462 Q476 496 478 484 Z', p.dark),
    stroke('M236 214 C232 96 408 96 404 214', p.light, 18),
    mirrored(rect(218, 200, 38, 60, WALNUT, 8), circle(237, 244, 5, BRASS)),
    circle(310, 360, 56, p.pale),
    path('M310 318 Q356 356 310 402 Q264 356 310 318 Z', p.base),
  );

const watch: Shape = (p) =>
  draw(
    shadow(512, 110),
    path('M262 60 H378 L394 210 H246 Z', p.base),
    path('M246 408 H394 L378 508 Q320 518 262 508 Z', p.base),
    faded(0.8, stroke('M276 72 L266 190 M364 72 L374 190 M266 420 L276 496 M374 420 L364 496', p.light, 4)),
    circle(320, 96, 6, p.deep),
    circle(320, 130, 6, p.deep),
    circle(320, 164, 6, p.deep),
    rect(452, 294, 24, 36, STEEL, 6),
    circle(320, 312, 138, STEEL),
    circle(320, 310, 134, METAL),
    circle(320, 312, 112, PAPER),
    ...[0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330].map(
      (angle) =>
        `<g transform="rotate(${angle} 320 312)">${rect(317, 212, 6, angle % 90 === 0 ? 24 : 14, INK, 3)}</g>`,
    ),
    stroke('M320 312 L276 258', INK, 10),
    stroke('M320 312 L374 234', INK, 7),
    stroke('M320 312 L330 386', '#c9573f', 3),
    circle(320, 312, 10, INK),
  );

const sunglasses: Shape = (p) =>
  draw(
    shadow(430, 230),
    mirrored(
      stroke('M108 268 Q96 232 120 214 L196 190', p.deep, 13),
      path('M104 264 Q108 248 128 248 H270 Q294 250 294 276 Q290 396 200 398 Q112 396 104 264 Z', p.base),
      path('M122 272 Q124 264 134 264 H262 Q276 266 276 280 Q270 378 200 380 Q130 378 122 272 Z', '#2c3b3f'),
      faded(0.28, path('M150 264 H214 L150 356 Q126 324 122 272 Q124 264 134 264 Z', PAPER)),
    ),
    stroke('M290 276 Q320 250 350 276', p.base, 18),
  );

const wallet: Shape = (p) =>
  draw(
    shadow(452, 230),
    rect(160, 168, 300, 120, '#e3d7bf', 12),
    rect(176, 190, 300, 120, p.pale, 12),
    rect(112, 222, 416, 222, p.dark, 30),
    rect(112, 216, 416, 222, p.base, 30),
    `<rect x="126" y="230" width="388" height="194" rx="22" fill="none" stroke="${p.light}" stroke-width="4" stroke-dasharray="14 9"/>`,
    path('M528 284 H436 Q404 284 404 326 Q404 368 436 368 H528 Z', p.dark),
    circle(446, 326, 15, BRASS),
    circle(446, 326, 7, p.deep),
  );

export const carried: Readonly<Record<string, Shape>> = {
  backpack,
  tote,
  watch,
  sunglasses,
  wallet,
};
