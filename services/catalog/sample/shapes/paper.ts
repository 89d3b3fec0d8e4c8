import {
  BRASS,
  INK,
  METAL,
  PAPER,
  STEEL,
  circle,
  draw,
  faded,
  path,
  rect,
  shadow,
  stroke,
  turned,
  type Shape,
} from './draw.ts';

const notebook: Shape = (p) =>
  draw(
    shadow(498, 180),
    rect(180, 88, 288, 406, p.dark, 22),
    rect(196, 96, 276, 390, PAPER, 14),
    rect(172, 84, 288, 404, p.base, 22),
    rect(172, 84, 52, 404, p.dark, 20),
    rect(410, 84, 16, 404, p.deep),
    rect(256, 166, 124, 74, PAPER, 6),
    faded(0.7, rect(274, 188, 88, 8, p.deep, 4), rect(284, 206, 68, 7, p.dark, 3)),
    path('M336 488 H358 V536 L347 524 L336 536 Z', '#c9573f'),
    faded(0.5, stroke('M240 100 V470', p.light, 4)),
  );

const pen: Shape = (p) =>
  draw(
    shadow(486, 200),
    stroke('M110 470 Q180 430 230 468 T330 462', p.dark, 6),
    turned(
      42,
      rect(292, 30, 56, 190, p.dark, 22),
      rect(296, 30, 20, 190, p.base, 10),
      rect(340, 58, 14, 130, BRASS, 7),
      rect(286, 208, 68, 22, BRASS, 6),
      rect(294, 230, 52, 206, p.base, 8),
      rect(298, 230, 16, 206, p.light, 8),
      path('M294 436 H346 L334 494 H306 Z', INK),
      path('M304 494 H336 L320 566 Z', BRASS),
      stroke('M320 512 V556', INK, 3),
    ),
  );

const pencils: Shape = (p) =>
  draw(
    shadow(498, 150),
    ...(
      [
        [236, 120, '#c9694f'],
        [280, 84, p.dark],
        [324, 108, '#d9b25f'],
        [368, 76, '#5d8f86'],
      ] as const
    ).map(([x, y, colour]) =>
      draw(
        path(`M${x} ${y + 50} L${x + 18} ${y} L${x + 36} ${y + 50} Z`, '#e5c9a0'),
        path(`M${x + 11} ${y + 20} L${x + 18} ${y} L${x + 25} ${y + 20} Z`, colour),
        rect(x, y + 48, 36, 280, colour),
        faded(0.25, rect(x + 24, y + 48, 12, 280, INK)),
      ),
    ),
    path('M206 268 H434 L420 476 Q418 494 400 494 H240 Q222 494 220 476 Z', p.base),
    path('M206 268 H258 L262 494 H240 Q222 494 220 476 Z', p.light),
    path('M396 268 H434 L420 476 Q418 494 400 494 H382 Z', p.dark),
    path('M210 330 H430 L428 360 H212 Z', p.pale),
  );

const scissors: Shape = (p) =>
  draw(
    shadow(494, 150),
    path('M300 300 L214 84 Q200 100 206 130 L284 330 Z', METAL),
    path('M340 300 L426 84 Q440 100 434 130 L356 330 Z', STEEL),
    stroke('M334 300 L262 392', METAL, 24),
    stroke('M306 300 L378 392', STEEL, 24),
    `<ellipse cx="236" cy="432" rx="46" ry="54" fill="none" stroke="${p.base}" stroke-width="24" transform="rotate(28 236 432)"/>`,
    `<ellipse cx="404" cy="432" rx="46" ry="54" fill="none" stroke="${p.dark}" stroke-width="24" transform="rotate(-28 404 432)"/>`,
    circle(320, 308, 15, BRASS),
  );

const deskpad: Shape = (p) =>
  draw(
    shadow(470, 270),
    path('M118 214 H522 L578 452 H62 Z', p.dark),
    path('M118 204 H522 L578 442 H62 Z', p.base),
    `<path d="M130 216 H510 L560 430 H80 Z" fill="none" stroke="${p.light}" stroke-width="4" stroke-dasharray="13 9"/>`,
    path('M196 248 H372 L378 384 H176 Z', PAPER),
    faded(0.6, ...[276, 302, 328, 354].map((y) => stroke(`M${214 - (y - 276) * 0.14} ${y} H352`, p.pale, 6))),
    stroke('M440 252 L470 392', INK, 15),
    stroke('M443 266 L450 300', BRASS, 6),
    path('M463 392 L478 390 L474 414 Z', BRASS),
  );

const ink: Shape = (p) =>
  draw(
    shadow(492, 200),
    rect(262, 140, 116, 74, INK, 12),
    rect(272, 150, 18, 54, '#4a525a', 6),
    path(
      'M256 208 H384 V240 Q490 262 500 350 V450 Q500 490 460 490 H180 Q140 490 140 450 V350 Q150 262 256 240 Z',
      '#e6edf0',
    ),
    path('M160 340 Q240 322 320 340 T480 340 V446 Q480 472 454 472 H186 Q160 472 160 446 Z', p.base),
    path('M160 340 Q240 322 320 340 T480 340 V360 Q400 378 320 360 T160 360 Z', p.light),
    rect(232, 366, 176, 84, PAPER, 8),
    path('M270 408 Q286 376 302 408 Q302 426 286 426 Q270 426 270 408 Z', p.base),
    faded(0.7, rect(320, 388, 66, 9, p.deep, 4), rect(320, 410, 48, 8, p.dark, 4)),
    faded(0.9, stroke('M168 440 V352 Q174 300 226 276', PAPER, 9)),
  );

export const paper: Readonly<Record<string, Shape>> = {
  notebook,
  pen,
  pencils,
  scissors,
  deskpad,
  ink,
};
