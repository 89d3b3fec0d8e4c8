import {
  BRASS,
  INK,
  LEAF,
  MOSS,
  PAPER,
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

const lamp: Shape = (p) =>
  draw(
    shadow(498, 130),
    faded(0.35, path('M208 270 L120 492 H520 L432 270 Z', '#fff3c9')),
    rect(312, 260, 16, 220, BRASS, 8),
    path('M232 486 Q232 456 320 456 Q408 456 408 486 Q408 494 396 494 H244 Q232 494 232 486 Z', BRASS),
    path('M252 92 H388 L446 272 Q320 296 194 272 Z', p.base),
    path('M252 92 H290 L262 284 Q220 280 194 272 Z', p.light),
    path('M362 92 H388 L446 272 Q424 280 400 282 Z', p.dark),
    ellipse(320, 92, 68, 9, p.deep),
    stroke('M368 284 V336', BRASS, 4),
    circle(368, 342, 8, BRASS),
  );

const pendant: Shape = (p) =>
  draw(
    shadow(504, 150),
    faded(0.35, path('M150 330 L96 500 H544 L490 330 Z', '#fff3c9')),
    stroke('M320 0 V150', INK, 6),
    rect(298, 130, 44, 44, BRASS, 8),
    path('M140 326 C140 226 220 164 320 164 C420 164 500 226 500 326 Z', p.base),
    path('M140 326 C140 226 220 164 320 164 C250 190 214 250 212 326 Z', p.light),
    path('M440 326 C438 252 400 190 320 164 C420 164 500 226 500 326 Z', p.dark),
    ellipse(320, 326, 180, 22, p.deep),
    ellipse(320, 328, 150, 15, '#fff0bd'),
    circle(320, 340, 32, '#fff8df'),
  );

const cushion: Shape = (p) =>
  draw(
    shadow(490, 210),
    path(
      'M134 138 Q320 176 506 138 Q518 136 516 150 Q480 310 516 468 Q518 482 504 480 Q320 448 136 480 Q122 482 124 468 Q160 310 124 150 Q122 136 134 138 Z',
      p.base,
    ),
    path('M504 480 Q320 448 136 480 Q122 482 124 468 Q320 420 516 468 Q518 482 504 480 Z', p.dark),
    faded(
      0.85,
      ...[214, 284, 354].map((x) => path(`M${x} 190 l36 118 l-36 118 l-36 -118 Z`, p.light)),
      path('M424 190 l36 118 l-36 118 l-36 -118 Z', p.light),
    ),
    faded(0.9, ...[214, 284, 354, 424].map((x) => circle(x, 308, 11, p.deep))),
  );

const blanket: Shape = (p) =>
  draw(
    shadow(492, 230),
    rect(124, 150, 392, 92, p.dark, 44),
    rect(112, 226, 416, 96, p.base, 46),
    rect(124, 306, 392, 92, p.light, 44),
    rect(112, 384, 416, 98, p.base, 46),
    path('M190 152 H330 V440 H190 Z', p.pale),
    path('M214 152 H228 V440 H214 Z M292 152 H306 V440 H292 Z', p.dark),
    rect(176, 140, 168, 26, p.pale, 13),
    ...[200, 224, 248, 272, 296, 320].map((x) => stroke(`M${x} 442 v34`, p.pale, 9)),
  );

const vase: Shape = (p) =>
  draw(
    shadow(498, 130),
    stroke(
      'M318 230 C310 170 290 130 258 92 M322 230 C326 150 340 110 360 60 M326 230 C350 180 390 150 420 132',
      MOSS,
      7,
    ),
    ...[
      [258, 92],
      [278, 132],
      [238, 120],
      [360, 62],
      [338, 98],
      [376, 100],
      [420, 130],
      [388, 156],
      [404, 112],
    ].map(([x = 0, y = 0]) => circle(x, y, 17, LEAF)),
    path(
      'M276 214 H364 Q358 258 396 296 Q440 344 424 410 Q412 494 366 494 H274 Q228 494 216 410 Q200 344 244 296 Q282 258 276 214 Z',
      p.base,
    ),
    path(
      'M276 214 H304 Q298 262 272 300 Q236 350 256 430 Q264 480 290 494 H274 Q228 494 216 410 Q200 344 244 296 Q282 258 276 214 Z',
      p.light,
    ),
    path('M213 380 Q320 404 427 380 Q428 398 423 414 Q320 434 217 414 Q212 398 213 380 Z', p.pale),
    ellipse(320, 214, 44, 10, p.deep),
  );

const candle: Shape = (p) =>
  draw(
    shadow(498, 150),
    path('M320 84 Q370 140 348 178 Q336 196 320 196 Q304 196 292 178 Q270 140 320 84 Z', '#f3b04d'),
    path('M320 126 Q346 158 334 180 Q328 190 320 190 Q312 190 306 180 Q294 158 320 126 Z', '#fff1c2'),
    stroke('M320 192 V234', INK, 6),
    rect(202, 220, 236, 274, p.base, 26),
    rect(202, 220, 46, 274, p.light, 22),
    rect(396, 220, 42, 274, p.dark, 20),
    ellipse(320, 236, 116, 24, PAPER),
    ellipse(320, 240, 90, 15, '#f6e7c8'),
    stroke('M320 214 V238', INK, 6),
    rect(246, 318, 148, 110, PAPER, 8),
    faded(
      0.7,
      rect(272, 348, 96, 9, p.deep, 4),
      rect(286, 372, 68, 7, p.dark, 3),
      rect(286, 392, 68, 7, p.dark, 3),
    ),
  );

const deskLamp: Shape = (p) =>
  draw(
    shadow(496, 160, 276),
    faded(0.35, path('M388 240 L330 490 H590 L520 210 Z', '#fff3c9')),
    stroke('M268 470 L216 282', p.dark, 17),
    stroke('M216 282 L408 150', p.dark, 17),
    path('M160 488 Q160 458 268 458 Q376 458 376 488 Q376 496 364 496 H172 Q160 496 160 488 Z', p.base),
    circle(216, 282, 22, BRASS),
    circle(408, 152, 18, BRASS),
    `<g transform="rotate(-14 440 190)">${path('M372 232 Q376 128 448 126 Q520 128 524 232 Z', p.base)}${path('M372 232 Q376 128 448 126 Q410 150 408 232 Z', p.light)}${ellipse(448, 232, 76, 15, '#fff0bd')}</g>`,
  );

export const home: Readonly<Record<string, Shape>> = {
  lamp,
  pendant,
  cushion,
  blanket,
  vase,
  candle,
  'desk-lamp': deskLamp,
};
