import {
  BRASS,
  PAPER,
  WALNUT,
  circle,
  draw,
  ellipse,
  faded,
  path,
  rect,
  shadow,
  stroke,
  turned,
  type Shape,
} from './draw.ts';

const bean = (x: number, y: number, angle: number): string =>
  `<g transform="translate(${x} ${y}) rotate(${angle})"><ellipse rx="24" ry="16" fill="#5b3a26"/><path d="M-20 2 Q0 -8 20 2" fill="none" stroke="#382114" stroke-width="4"/></g>`;

const coffee: Shape = (p) =>
  draw(
    shadow(494, 190),
    path('M194 132 H446 L462 476 Q462 490 446 490 H194 Q178 490 178 476 Z', p.base),
    path('M194 132 H244 L222 490 H194 Q178 490 178 476 Z', p.light),
    path('M410 132 H446 L462 476 Q462 490 446 490 H428 Z', p.dark),
    path('M196 84 H444 V136 H196 Z', p.dark),
    stroke('M206 108 H434', p.deep, 8),
    rect(228, 214, 184, 190, PAPER, 12),
    bean(320, 278, -24),
    faded(
      0.7,
      rect(258, 330, 124, 12, p.deep, 6),
      rect(276, 358, 88, 8, p.dark, 4),
      rect(276, 378, 88, 8, p.dark, 4),
    ),
    circle(320, 172, 11, p.deep),
    bean(142, 484, 12),
    bean(498, 480, -28),
    bean(184, 494, -8),
  );

const tea: Shape = (p) =>
  draw(
    shadow(496, 170),
    rect(188, 178, 264, 312, p.base, 18),
    rect(188, 178, 52, 312, p.light, 16),
    rect(404, 178, 48, 312, p.dark, 16),
    rect(178, 132, 284, 66, p.dark, 16),
    rect(178, 132, 62, 66, p.base, 14),
    rect(286, 106, 68, 34, BRASS, 12),
    ellipse(320, 340, 84, 100, PAPER),
    path('M320 268 Q392 320 320 408 Q248 320 320 268 Z', '#6f9a63'),
    stroke('M320 288 V424', '#3f6f4c', 5),
    stroke('M320 330 L346 312 M320 356 L294 338 M320 378 L342 362', '#3f6f4c', 4),
  );

const chocolate: Shape = (p) =>
  draw(
    shadow(500, 170),
    turned(
      7,
      rect(196, 76, 248, 200, '#5a3624', 10),
      ...[0, 1, 2].flatMap((column) =>
        [0, 1].map((row) => rect(206 + column * 78, 88 + row * 76, 70, 66, '#70462f', 8)),
      ),
      ...[0, 1, 2].flatMap((column) =>
        [0, 1].map((row) => rect(214 + column * 78, 94 + row * 76, 54, 12, '#8a5a3f', 6)),
      ),
      path(
        'M188 246 L204 232 L222 248 L242 230 L262 248 L282 232 L302 248 L322 230 L342 248 L362 232 L382 248 L402 230 L422 246 L438 232 L452 246 V270 H188 Z',
        '#d8cfc0',
      ),
      rect(188, 262, 264, 226, p.base, 6),
      rect(188, 262, 264, 20, p.dark),
      rect(222, 312, 196, 118, PAPER, 8),
      circle(320, 350, 20, p.light),
      faded(0.7, rect(264, 384, 112, 10, p.deep, 5), rect(282, 404, 76, 7, p.dark, 3)),
    ),
  );

const bottle: Shape = (p) =>
  draw(
    shadow(500, 120),
    rect(292, 66, 56, 56, WALNUT, 8),
    rect(286, 112, 68, 24, BRASS, 6),
    path(
      'M292 134 H348 V208 Q400 238 400 300 V470 Q400 496 374 496 H266 Q240 496 240 470 V300 Q240 238 292 208 Z',
      p.base,
    ),
    path(
      'M348 134 V208 Q400 238 400 300 V470 Q400 496 374 496 H356 Q372 480 372 460 V300 Q370 248 330 214 V134 Z',
      p.dark,
    ),
    faded(0.45, rect(256, 286, 14, 180, PAPER, 7)),
    rect(240, 316, 160, 128, PAPER),
    path('M320 336 Q352 362 320 388 Q288 362 320 336 Z', p.light),
    faded(0.7, rect(270, 402, 100, 10, p.deep, 5), rect(286, 420, 68, 6, p.dark, 3)),
  );

const jar: Shape = (p) =>
  draw(
    shadow(496, 170),
    rect(184, 150, 272, 342, '#e8eef0', 54),
    rect(198, 208, 244, 272, p.base, 42),
    path('M198 240 Q260 222 320 240 T442 240 V208 Q442 200 436 200 H204 Q198 200 198 208 Z', '#e8eef0'),
    rect(198, 250, 44, 220, p.light, 22),
    rect(404, 250, 38, 220, p.dark, 19),
    rect(190, 92, 260, 70, BRASS, 14),
    ...[214, 246, 278, 310, 342, 374, 406].map((x) => rect(x, 104, 10, 46, '#b08c3f', 5)),
    rect(224, 286, 192, 124, PAPER, 10),
    circle(320, 324, 20, p.base),
    faded(0.7, rect(264, 360, 112, 10, p.deep, 5), rect(282, 382, 76, 7, p.dark, 3)),
    faded(0.7, rect(206, 190, 10, 250, PAPER, 5)),
  );

export const pantry: Readonly<Record<string, Shape>> = {
  coffee,
  tea,
  chocolate,
  bottle,
  jar,
};
