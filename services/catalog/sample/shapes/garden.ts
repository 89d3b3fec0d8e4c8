import {
  BRASS,
  LEAF,
  MOSS,
  PAPER,
  STEEL,
  WOOD,
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

const plant: Shape = (p) =>
  draw(
    shadow(498, 140),
    stroke(
      'M320 380 C316 300 320 240 322 150 M320 380 C290 300 240 270 210 230 M320 380 C350 310 400 280 436 240',
      MOSS,
      9,
    ),
    path('M322 190 C260 150 274 84 324 56 C374 86 384 150 322 190 Z', LEAF),
    path('M322 190 C350 150 350 100 324 56 C374 86 384 150 322 190 Z', MOSS),
    path('M228 262 C150 274 112 230 110 176 C170 160 232 190 228 262 Z', LEAF),
    path('M228 262 C210 214 164 190 110 176 C170 160 232 190 228 262 Z', MOSS),
    path('M418 262 C412 190 470 160 530 176 C528 232 492 276 418 262 Z', LEAF),
    path('M418 262 C440 214 480 190 530 176 C528 232 492 276 418 262 Z', MOSS),
    path('M292 330 C230 350 180 330 166 300 C210 270 270 280 292 330 Z', '#78a977'),
    path('M350 330 C370 280 430 270 474 300 C460 332 410 350 350 330 Z', '#78a977'),
    path('M222 366 H418 L396 478 Q392 494 376 494 H264 Q248 494 244 478 Z', p.base),
    path('M222 366 H262 L276 494 H264 Q248 494 244 478 Z', p.light),
    rect(210, 350, 220, 42, p.dark, 12),
  );

const planter: Shape = (p) =>
  draw(
    shadow(500, 190),
    path('M140 214 H500 L462 470 Q458 494 434 494 H206 Q182 494 178 470 Z', p.base),
    path('M140 214 H206 L236 494 H206 Q182 494 178 470 Z', p.light),
    path('M456 214 H500 L462 470 Q458 494 434 494 H414 Z', p.dark),
    rect(122, 168, 396, 64, p.dark, 18),
    rect(122, 168, 90, 64, p.base, 18),
    ellipse(320, 172, 182, 24, p.deep),
    ellipse(320, 176, 164, 17, '#54402f'),
    stroke('M152 300 H488 M166 400 H474', p.pale, 7),
    stroke('M320 172 V118', MOSS, 8),
    path('M320 130 Q276 128 264 88 Q314 80 320 130 Q326 80 376 88 Q364 128 320 130 Z', LEAF),
  );

const trowel: Shape = (p) =>
  draw(
    shadow(484, 190),
    turned(
      40,
      rect(286, 30, 68, 190, WOOD, 34),
      rect(286, 30, 24, 190, '#cfa679', 16),
      rect(282, 190, 76, 34, BRASS, 8),
      stroke('M320 222 V300', STEEL, 26),
      path('M232 300 Q320 268 408 300 Q420 440 320 560 Q220 440 232 300 Z', p.base),
      path('M320 282 Q370 282 408 300 Q420 440 320 560 Z', p.dark),
      stroke('M320 320 V500', p.light, 9),
    ),
  );

const wateringCan: Shape = (p) =>
  draw(
    shadow(494, 220),
    stroke('M268 214 Q290 90 410 150 Q500 200 470 320', p.dark, 20),
    path('M250 420 L116 214 L150 196 L286 330 Z', p.dark),
    path('M70 220 L156 158 L178 190 L94 252 Z', p.light),
    path('M232 236 H450 L476 462 Q478 490 450 490 H232 Q204 490 206 462 Z', p.base),
    path('M232 236 H286 L264 490 H232 Q204 490 206 462 Z', p.light),
    path('M412 236 H450 L476 462 Q478 490 450 490 H430 Z', p.dark),
    ellipse(341, 236, 109, 18, p.deep),
    stroke('M222 420 H462', p.pale, 7),
  );

const seeds: Shape = (p) =>
  draw(
    shadow(500, 150),
    turned(
      -5,
      rect(192, 86, 256, 408, p.dark, 8),
      rect(192, 82, 256, 404, PAPER, 8),
      rect(192, 82, 256, 64, p.base, 8),
      stroke('M206 146 H434', p.dark, 4),
      stroke('M320 420 V270', MOSS, 9),
      path('M320 380 Q252 376 238 318 Q312 312 320 380 Z', LEAF),
      path('M320 352 Q388 346 402 288 Q328 284 320 352 Z', MOSS),
      ...[0, 60, 120, 180, 240, 300].map(
        (angle) => `<g transform="rotate(${angle} 320 232)">${ellipse(320, 196, 20, 32, p.base)}</g>`,
      ),
      circle(320, 232, 22, '#e8b84c'),
      faded(0.7, rect(250, 440, 140, 12, p.deep, 6)),
    ),
  );

const snakePlant: Shape = (p) =>
  draw(
    shadow(498, 140),
    path('M286 370 Q236 250 262 120 Q312 230 312 370 Z', MOSS),
    path('M300 370 Q290 200 326 70 Q362 200 346 370 Z', LEAF),
    path('M334 370 Q336 240 396 140 Q410 270 364 370 Z', MOSS),
    path('M268 370 Q200 300 204 206 Q276 270 296 370 Z', LEAF),
    path('M350 370 Q366 290 440 230 Q440 320 378 370 Z', LEAF),
    faded(
      0.8,
      stroke(
        'M312 180 l26 12 M308 230 l34 12 M306 280 l36 12 M264 180 l18 12 M266 230 l28 12 M384 210 l18 -6 M372 260 l26 -6 M224 264 l20 -4 M240 304 l26 -4 M386 316 l26 -2',
        '#b9cf9a',
        7,
      ),
    ),
    path('M222 356 H418 L400 478 Q396 494 380 494 H260 Q244 494 240 478 Z', p.base),
    path('M222 356 H266 L278 494 H260 Q244 494 240 478 Z', p.light),
    path('M384 356 H418 L400 478 Q396 494 380 494 H362 Z', p.dark),
    rect(210, 346, 220, 24, p.dark, 10),
  );

const tree: Shape = (p) =>
  draw(
    shadow(498, 150),
    stroke(
      'M320 380 Q306 320 324 260 Q330 220 318 180 M322 280 Q360 250 372 214 M318 300 Q280 270 268 230',
      WOOD,
      15,
    ),
    circle(320, 136, 82, '#7f9a74'),
    circle(248, 190, 62, '#6b8a66'),
    circle(394, 186, 64, '#8ba67e'),
    circle(322, 204, 58, '#95b087'),
    ...[
      [280, 120],
      [352, 112],
      [240, 186],
      [398, 172],
      [330, 190],
      [366, 220],
      [276, 222],
    ].map(([x = 0, y = 0]) => ellipse(x, y, 8, 11, '#4a4556')),
    path('M218 378 H422 L398 480 Q394 494 378 494 H262 Q246 494 242 480 Z', p.base),
    path('M218 378 H262 L276 494 H262 Q246 494 242 480 Z', p.light),
    rect(204, 354, 232, 38, p.dark, 12),
  );

const herbs: Shape = (p) =>
  draw(
    shadow(490, 260),
    ...[128, 320, 512].map((x, pot) =>
      draw(
        stroke(
          `M${x} 344 V226 M${x} 344 Q${x - 34} 300 ${x - 46} 252 M${x} 344 Q${x + 34} 300 ${x + 46} 252`,
          MOSS,
          7,
        ),
        ...[
          [0, 212],
          [-50, 240],
          [50, 240],
          [-26, 286],
          [28, 290],
          [-4, 256],
        ].map(([dx = 0, y = 0]) =>
          pot === 1 ? ellipse(x + dx, y, 13, 34, LEAF) : circle(x + dx, y, 27, pot === 0 ? LEAF : '#8ba67e'),
        ),
        path(
          `M${x - 76} 348 H${x + 76} L${x + 60} 478 Q${x + 58} 488 ${x + 46} 488 H${x - 46} Q${x - 58} 488 ${x - 60} 478 Z`,
          p.base,
        ),
        path(`M${x - 76} 348 H${x - 44} L${x - 34} 488 H${x - 46} Q${x - 58} 488 ${x - 60} 478 Z`, p.light),
        rect(x - 84, 332, 168, 32, p.dark, 9),
        rect(x - 30, 402, 60, 40, PAPER, 5),
      ),
    ),
  );

export const garden: Readonly<Record<string, Shape>> = {
  plant,
  planter,
  trowel,
  'watering-can': wateringCan,
  seeds,
  'snake-plant': snakePlant,
  tree,
  herbs,
};
