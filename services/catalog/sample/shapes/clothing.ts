import {
  BRASS,
  INK,
  PAPER,
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

const shirt: Shape = (p) =>
  draw(
    shadow(500, 190),
    mirrored(
      path('M214 128 L134 172 Q112 186 108 214 L84 352 L150 366 L196 236 Z', p.dark),
      path('M82 350 L152 366 L148 388 L78 372 Z', p.light),
    ),
    path(
      'M246 104 L206 132 Q188 250 192 482 Q320 506 448 482 Q452 250 434 132 L394 104 Q320 140 246 104 Z',
      p.base,
    ),
    path('M320 146 L308 494 H332 Z', p.dark),
    rect(306, 146, 28, 350, p.light),
    circle(320, 206, 6, PAPER),
    circle(320, 276, 6, PAPER),
    circle(320, 346, 6, PAPER),
    circle(320, 416, 6, PAPER),
    path('M262 106 Q320 138 378 106 L320 150 Z', p.deep),
    mirrored(path('M252 98 L226 128 L276 182 L320 148 L262 106 Z', p.light)),
    rect(356, 236, 56, 62, p.dark, 6),
    rect(356, 236, 56, 12, p.light, 5),
  );

const tee: Shape = (p) =>
  draw(
    shadow(500, 180),
    mirrored(
      path('M232 118 L150 158 Q132 168 124 186 L90 282 L178 318 L208 244 Z', p.dark),
      path('M96 266 L184 302 L178 318 L90 282 Z', p.deep),
    ),
    path(
      'M254 108 L214 126 Q192 138 194 170 L198 484 Q320 504 442 484 L446 170 Q448 138 426 126 L386 108 Q320 146 254 108 Z',
      p.base,
    ),
    path('M254 108 Q320 146 386 108 L374 100 Q320 124 266 100 Z', p.deep),
    stroke('M252 110 Q320 166 388 110', p.light, 13),
    path('M408 132 Q448 138 446 170 L442 484 Q424 488 404 490 Q424 300 408 132 Z', p.dark),
    rect(346, 214, 58, 66, p.light, 6),
  );

const sweater: Shape = (p) =>
  draw(
    shadow(500, 190),
    mirrored(
      path('M228 124 Q146 140 128 210 L92 420 Q120 440 158 436 L204 270 Z', p.dark),
      path('M90 416 Q122 436 160 432 L154 464 Q116 466 84 448 Z', p.deep),
    ),
    path('M256 110 Q206 122 196 150 V464 H444 V150 Q434 122 384 110 Z', p.base),
    rect(200, 456, 240, 38, p.dark, 8),
    ellipse(320, 112, 66, 26, p.deep),
    ellipse(320, 104, 50, 16, INK),
    stroke('M258 116 Q320 172 382 116', p.light, 18),
    faded(
      0.75,
      ...[204, 268, 332, 396].map((y) =>
        stroke(`M212 ${y} l24 22 l24 -22 l24 22 l24 -22 l24 22 l24 -22 l24 22 l24 -22 l24 22`, p.light, 9),
      ),
    ),
  );

const trousers: Shape = (p) =>
  draw(
    shadow(502, 150),
    path('M222 96 H418 L446 490 Q400 502 352 490 L320 236 L288 490 Q240 502 194 490 Z', p.base),
    path('M320 150 L352 490 Q334 496 330 490 L320 300 Z', p.dark),
    path('M222 96 H418 L421 136 H219 Z', p.dark),
    rect(308, 104, 24, 24, BRASS, 12),
    stroke('M320 138 V226', p.deep, 5),
    mirrored(
      stroke('M224 186 Q262 180 272 138', p.light, 5),
      rect(250, 92, 12, 48, p.deep, 3),
      stroke('M246 240 L236 470', p.dark, 4),
    ),
  );

const jacket: Shape = (p) =>
  draw(
    shadow(504, 200),
    mirrored(
      path('M216 140 Q142 152 128 226 L96 436 Q124 454 164 446 L208 280 Z', p.dark),
      path('M96 430 Q126 448 166 440 L162 462 Q122 470 92 450 Z', p.deep),
    ),
    path('M250 112 Q204 126 194 158 L186 490 Q320 508 454 490 L446 158 Q436 126 390 112 Z', p.base),
    path('M258 112 Q260 74 320 74 Q380 74 382 112 Q350 148 320 150 Q290 148 258 112 Z', p.deep),
    path('M270 110 Q320 152 370 110 Q350 96 320 96 Q290 96 270 110 Z', INK),
    rect(310, 138, 20, 362, p.dark, 4),
    stroke('M320 146 V496', BRASS, 4),
    mirrored(
      path('M214 340 H290 V424 Q252 432 212 424 Z', p.dark),
      rect(208, 332, 86, 22, p.light, 6),
      circle(251, 344, 5, BRASS),
    ),
    stroke('M200 206 H300 M340 206 H440', p.dark, 4),
  );

const beanie: Shape = (p) =>
  draw(
    shadow(470, 210),
    circle(320, 124, 50, p.pale),
    circle(302, 108, 16, PAPER),
    path('M140 380 C140 210 220 152 320 152 C420 152 500 210 500 380 Z', p.base),
    faded(
      0.8,
      stroke(
        'M320 156 V370 M252 168 Q204 240 200 370 M388 168 Q436 240 440 370 M286 160 Q262 240 260 370 M354 160 Q378 240 380 370',
        p.dark,
        9,
      ),
    ),
    rect(122, 360, 396, 100, p.light, 30),
    faded(
      0.8,
      ...[164, 203, 242, 281, 320, 359, 398, 437, 476].map((x) => stroke(`M${x} 378 V442`, p.dark, 8)),
    ),
  );

const scarf: Shape = (p) =>
  draw(
    shadow(500, 170),
    path('M356 250 L440 262 L470 452 L386 466 Z', p.dark),
    stroke('M396 464 l4 26 M420 460 l4 26 M444 456 l4 26 M464 453 l4 26', p.dark, 8),
    path('M160 190 Q170 110 320 108 Q470 110 480 190 Q486 262 320 270 Q154 262 160 190 Z', p.base),
    ellipse(320, 170, 98, 36, p.deep),
    stroke('M176 212 Q240 262 320 254 Q420 250 466 206', p.light, 16),
    path('M248 232 Q290 214 336 240 L318 478 L218 470 Z', p.base),
    path('M224 408 L324 414 L321 440 L222 434 Z M228 366 L327 372 L326 386 L227 380 Z', p.pale),
    stroke('M230 472 l-3 26 M254 474 l-3 26 M280 476 l-3 26 M306 477 l-3 26', p.base, 8),
    path('M240 232 Q290 200 352 226 Q360 268 330 282 Q276 292 240 270 Z', p.light),
  );

export const clothing: Readonly<Record<string, Shape>> = {
  shirt,
  tee,
  sweater,
  trousers,
  jacket,
  beanie,
  scarf,
};
