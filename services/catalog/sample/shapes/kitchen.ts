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
  ring,
  shadow,
  stroke,
  turned,
  type Shape,
} from './draw.ts';

const casserole: Shape = (p) =>
  draw(
    shadow(484, 240),
    mirrored(stroke('M140 330 Q84 322 92 360 Q100 388 142 376', p.deep, 22)),
    path('M132 286 H508 V420 Q508 476 448 476 H192 Q132 476 132 420 Z', p.base),
    path('M132 286 H184 V410 Q184 464 226 476 H192 Q132 476 132 420 Z', p.light),
    path('M468 286 H508 V420 Q508 476 448 476 H420 Q468 460 468 410 Z', p.dark),
    path('M132 274 Q140 196 320 190 Q500 196 508 274 Z', p.base),
    path('M132 274 Q140 196 320 190 Q220 210 206 274 Z', p.light),
    rect(116, 266, 408, 30, p.dark, 14),
    rect(304, 164, 32, 30, STEEL, 6),
    rect(280, 138, 80, 34, BRASS, 16),
  );

const pan: Shape = (p) =>
  draw(
    shadow(500, 150, 270),
    turned(
      -38,
      rect(462, 290, 176, 40, WALNUT, 20),
      rect(424, 294, 70, 32, STEEL, 8),
      circle(614, 310, 8, PAPER),
      circle(282, 318, 178, p.deep),
      circle(282, 310, 178, p.base),
      circle(282, 310, 150, p.dark),
      ring(282, 310, 116, p.base, 3),
      ring(282, 310, 82, p.base, 3),
    ),
    faded(0.35, stroke('M150 300 Q176 236 240 222', PAPER, 12)),
  );

const knife: Shape = (p) =>
  draw(
    shadow(486, 220),
    turned(
      -32,
      path('M40 316 Q56 268 150 262 H420 V344 H120 Q64 344 40 316 Z', '#dfe4e8'),
      path('M40 316 Q150 318 420 316 V344 H120 Q64 344 40 316 Z', METAL),
      rect(414, 258, 26, 90, STEEL, 6),
      path('M438 264 H590 Q616 264 616 296 Q616 346 590 346 Q520 330 438 342 Z', p.base),
      path('M438 264 H590 Q612 264 616 286 H438 Z', p.light),
      circle(474, 304, 8, METAL),
      circle(524, 302, 8, METAL),
      circle(574, 304, 8, METAL),
    ),
  );

const board: Shape = (p) =>
  draw(
    shadow(498, 200),
    turned(
      -6,
      rect(286, 76, 68, 110, p.dark, 32),
      rect(286, 72, 68, 110, p.base, 32),
      circle(320, 106, 14, WOOD),
      rect(168, 156, 304, 336, p.dark, 40),
      rect(168, 148, 304, 336, p.base, 40),
      faded(
        0.7,
        stroke(
          'M206 190 Q200 320 212 440 M262 182 Q252 320 266 454 M330 200 Q344 320 328 444 M390 184 Q402 300 388 450 M434 200 Q442 320 432 440',
          p.light,
          6,
        ),
      ),
      faded(
        0.7,
        `<ellipse cx="318" cy="330" rx="16" ry="36" fill="none" stroke="${p.dark}" stroke-width="5"/>`,
      ),
    ),
  );

const kettle: Shape = (p) =>
  draw(
    shadow(492, 190),
    stroke('M410 396 C520 380 470 250 556 226', p.dark, 22),
    path('M538 214 L572 212 L566 244 Z', p.dark),
    stroke('M210 250 C100 240 90 420 196 424', WALNUT, 26),
    path('M214 214 H406 L446 450 Q448 488 410 488 H210 Q172 488 174 450 Z', p.base),
    path('M214 214 H262 L236 488 H210 Q172 488 174 450 Z', p.light),
    path('M376 214 H406 L446 450 Q448 488 410 488 H392 Z', p.dark),
    path('M206 218 Q214 172 310 170 Q406 172 414 218 Z', p.light),
    rect(198, 206, 224, 22, p.deep, 11),
    rect(300, 146, 22, 28, STEEL),
    circle(310, 136, 20, WALNUT),
  );

const grinder: Shape = (p) =>
  draw(
    shadow(498, 140),
    stroke('M320 124 V88 H468 V104', STEEL, 14),
    rect(446, 92, 44, 60, WALNUT, 20),
    path('M252 152 Q256 112 320 112 Q384 112 388 152 Z', METAL),
    rect(236, 146, 168, 196, p.base, 16),
    rect(236, 146, 38, 196, p.light, 14),
    rect(372, 146, 32, 196, p.dark, 12),
    rect(228, 332, 184, 36, INK, 10),
    rect(240, 364, 160, 126, '#cfd8dc', 20),
    path('M240 424 Q320 404 400 424 V470 Q400 490 380 490 H260 Q240 490 240 470 Z', '#5a3a26'),
    faded(0.5, rect(256, 376, 14, 96, PAPER, 7)),
  );

const moka: Shape = (p) =>
  draw(
    shadow(498, 150),
    stroke('M400 180 H470 Q486 182 482 204 L462 326', INK, 24),
    path('M232 172 H406 L378 322 H262 Z', p.base),
    path('M232 172 L180 148 L210 206 L240 222 Z', p.dark),
    path('M232 172 H288 L300 322 H262 Z', p.light),
    path('M362 172 H406 L378 322 H346 Z', p.dark),
    path('M238 168 Q260 128 320 124 Q380 128 402 168 Z', p.light),
    circle(320, 110, 20, INK),
    rect(254, 318, 132, 30, STEEL, 6),
    path('M258 346 H382 L416 470 Q418 492 396 492 H244 Q222 492 224 470 Z', p.base),
    path('M258 346 H298 L286 492 H244 Q222 492 224 470 Z', p.light),
    path('M350 346 H382 L416 470 Q418 492 396 492 H372 Z', p.dark),
    circle(320, 402, 10, BRASS),
  );

const saucepan: Shape = (p) =>
  draw(
    shadow(478, 190, 260),
    rect(400, 258, 210, 28, BRASS, 14),
    rect(394, 250, 40, 44, BRASS, 8),
    circle(588, 272, 7, PAPER),
    path('M96 226 H420 V440 Q420 472 388 472 H128 Q96 472 96 440 Z', p.base),
    path('M96 226 H150 V440 Q150 472 170 472 H128 Q96 472 96 440 Z', p.light),
    path('M372 226 H420 V440 Q420 472 388 472 H356 Q372 464 372 440 Z', p.dark),
    ellipse(258, 226, 164, 34, p.dark),
    ellipse(258, 230, 146, 24, METAL),
    faded(0.5, rect(176, 272, 14, 160, PAPER, 7)),
  );

export const kitchen: Readonly<Record<string, Shape>> = {
  casserole,
  pan,
  knife,
  board,
  kettle,
  grinder,
  moka,
  saucepan,
};
