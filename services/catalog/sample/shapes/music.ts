import {
  BRASS,
  INK,
  METAL,
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
  turned,
  type Shape,
} from './draw.ts';

const guitar: Shape = (p) =>
  draw(
    shadow(496, 150, 300),
    `<g transform="translate(38 62) scale(0.88)">${turned(
      28,
      rect(302, 20, 36, 270, WALNUT, 4),
      path('M292 -34 H348 L340 30 H300 Z', '#4d3626'),
      mirrored(circle(288, -18, 8, METAL), circle(290, 6, 8, METAL)),
      path(
        'M320 244 C372 236 424 262 412 316 C406 346 412 356 428 382 C470 456 404 524 320 524 C236 524 170 456 212 382 C228 356 234 346 228 316 C216 262 268 236 320 244 Z',
        p.dark,
      ),
      path(
        'M320 256 C366 248 410 270 400 316 C394 350 402 360 416 386 C452 450 394 510 320 510 C246 510 188 450 224 386 C238 360 246 350 240 316 C230 270 274 248 320 256 Z',
        p.base,
      ),
      circle(320, 352, 44, WALNUT),
      circle(320, 352, 36, '#2a1e16'),
      rect(270, 446, 100, 18, WALNUT, 6),
      ...[308, 316, 324, 332].map((x) => stroke(`M${x} -20 V452`, '#efe9dc', 2)),
      ...[60, 100, 140, 180, 220].map((y) => rect(302, y, 36, 4, METAL)),
    )}</g>`,
  );

const keys: Shape = (p) =>
  draw(
    shadow(462, 280),
    rect(60, 214, 520, 236, p.dark, 22),
    rect(60, 206, 520, 230, p.base, 22),
    rect(60, 206, 520, 66, p.light, 22),
    rect(86, 224, 104, 32, '#24313a', 6),
    ...[230, 272, 314, 356].map((x) => draw(circle(x, 240, 15, p.deep), rect(x - 2, 226, 4, 13, PAPER, 2))),
    ...[420, 446, 472, 498, 524].map((x) => rect(x, 228, 14, 24, p.deep, 4)),
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((key) => rect(82 + key * 40, 284, 37, 136, PAPER, 6)),
    ...[0, 1, 3, 4, 5, 7, 8, 10].map((key) => rect(109 + key * 40, 284, 24, 84, INK, 5)),
  );

const drum: Shape = (p) =>
  draw(
    shadow(492, 220),
    path('M112 226 V420 Q112 486 320 486 Q528 486 528 420 V226 Z', p.base),
    path('M112 226 V420 Q112 460 180 476 V226 Z', p.light),
    path('M528 226 V420 Q528 460 460 476 V226 Z', p.dark),
    stroke('M130 270 L196 454 L262 300 L320 470 L378 300 L444 454 L510 270', PAPER, 7),
    stroke('M112 424 Q120 474 320 478 Q520 474 528 424', BRASS, 16),
    ellipse(320, 226, 212, 72, BRASS),
    ellipse(320, 220, 198, 62, '#f4ecdc'),
    stroke('M170 84 L330 206 M488 78 L344 214', WOOD, 15),
    circle(336, 210, 15, WALNUT),
    circle(340, 216, 15, WOOD),
  );

const recorder: Shape = (p) =>
  draw(
    shadow(488, 200),
    turned(
      38,
      path('M296 28 H344 L352 120 H288 Z', p.dark),
      rect(286, 110, 68, 360, p.base, 20),
      rect(286, 110, 24, 360, p.light, 12),
      rect(278, 136, 84, 26, BRASS, 8),
      rect(278, 404, 84, 26, BRASS, 8),
      path('M290 460 H350 L364 560 Q320 574 276 560 Z', p.dark),
      rect(306, 62, 28, 20, INK, 4),
      ...[204, 238, 272, 306, 340, 374].map((y) => circle(326, y, 9, INK)),
    ),
  );

const harmonica: Shape = (p) =>
  draw(
    shadow(452, 260),
    turned(
      -6,
      rect(72, 236, 496, 62, p.light, 26),
      rect(72, 346, 496, 62, p.dark, 26),
      rect(84, 288, 472, 68, WALNUT, 10),
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((hole) => rect(106 + hole * 44, 300, 32, 44, '#2a1e16', 6)),
      rect(72, 250, 496, 10, p.pale, 5),
      circle(100, 272, 6, STEEL),
      circle(540, 272, 6, STEEL),
      circle(100, 376, 6, p.light),
      circle(540, 376, 6, p.light),
      faded(0.6, rect(230, 366, 180, 12, p.deep, 6), rect(266, 384, 108, 8, p.deep, 4)),
    ),
    path('M470 170 V104 L524 92 V152', 'none'),
    stroke('M470 166 V104 L522 92 V152', p.deep, 9),
    ellipse(458, 168, 17, 12, p.deep),
    ellipse(510, 154, 17, 12, p.deep),
  );

const cajon: Shape = (p) =>
  draw(
    shadow(494, 190),
    path('M180 118 L232 84 H500 L448 118 Z', p.light),
    path('M448 118 L500 84 V450 L448 490 Z', p.dark),
    rect(180, 118, 268, 372, p.base),
    rect(180, 118, 268, 56, p.dark),
    faded(
      0.6,
      stroke(
        'M206 196 Q216 330 204 470 M256 190 Q250 330 262 476 M322 192 Q330 330 318 476 M386 190 Q378 330 390 474 M428 194 Q432 330 424 470',
        p.light,
        6,
      ),
    ),
    ...[200, 262, 366, 428].map((x) => circle(x, 146, 6, METAL)),
    path('M466 250 Q482 226 486 250 Q486 286 468 290 Z', p.deep),
  );

export const music: Readonly<Record<string, Shape>> = {
  guitar,
  keys,
  drum,
  recorder,
  harmonica,
  cajon,
};
