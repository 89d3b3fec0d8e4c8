import { BRASS, PAPER, WALNUT, circle, draw, path, rect, shadow, stroke, type Shape } from './draw.ts';

const sneaker: Shape = (p) =>
  draw(
    shadow(484, 250),
    path(
      'M108 250 Q150 272 206 236 Q232 220 252 238 L350 332 Q420 352 488 366 Q552 380 550 440 H92 Q84 330 108 250 Z',
      p.base,
    ),
    path('M108 250 Q150 272 196 242 Q190 330 210 440 H92 Q84 330 108 250 Z', p.dark),
    path('M440 354 Q552 372 550 440 H410 Q404 384 440 354 Z', p.light),
    path('M78 430 H556 Q572 480 532 482 H112 Q76 482 78 430 Z', PAPER),
    rect(80, 456, 486, 10, p.light),
    stroke('M262 262 L302 242 M292 290 L332 270 M322 318 L362 298', PAPER, 13),
    stroke('M222 400 Q300 410 380 346', p.pale, 14),
  );

const boot: Shape = (p) =>
  draw(
    shadow(494, 220),
    path('M196 104 H364 L372 318 Q402 346 464 354 Q540 366 540 440 H176 Q170 260 196 104 Z', p.base),
    path('M196 104 H262 Q238 280 250 440 H176 Q170 260 196 104 Z', p.dark),
    path('M438 350 Q540 362 540 440 H402 Q396 380 438 350 Z', p.light),
    rect(188, 96, 184, 32, p.deep, 14),
    path('M166 436 H548 Q560 488 530 488 H404 L392 472 H290 L282 488 H182 Q160 488 166 436 Z', WALNUT),
    rect(166, 436, 382, 12, BRASS, 4),
    ...[158, 204, 250, 296].map((y) =>
      draw(
        stroke(`M306 ${y} L372 ${y - 10}`, PAPER, 8),
        circle(306, y, 7, BRASS),
        circle(368, y - 10, 7, BRASS),
      ),
    ),
    stroke('M192 110 Q176 90 204 84', WALNUT, 9),
  );

const sandal: Shape = (p) =>
  draw(
    shadow(474, 250),
    path(
      'M80 424 Q92 384 170 390 Q260 400 330 416 Q430 440 540 414 Q572 414 566 444 Q556 472 500 472 H120 Q76 472 80 424 Z',
      WALNUT,
    ),
    path(
      'M80 418 Q92 378 170 384 Q260 394 330 410 Q430 432 540 406 Q566 406 564 426 Q430 456 320 434 Q216 414 82 434 Z',
      '#d9bf9a',
    ),
    path('M128 392 Q126 250 160 236 Q196 232 204 260 L208 396 Z', p.dark),
    path('M128 262 Q200 222 292 250 L286 292 Q210 268 134 304 Z', p.base),
    path('M248 402 Q252 300 268 256 L306 262 Q290 330 300 410 Z', p.dark),
    path('M340 416 Q352 336 392 314 L508 398 Q520 408 512 416 Q480 424 452 428 Z', p.dark),
    path('M344 418 Q366 428 420 430 L470 306 Q450 290 410 300 Q356 330 344 418 Z', p.base),
    path('M452 430 Q512 424 528 412 Q514 330 464 304 L424 320 Q458 360 452 430 Z', p.light),
    rect(228, 240, 40, 46, BRASS, 8),
    rect(238, 250, 20, 26, p.base, 4),
  );

export const shoes: Readonly<Record<string, Shape>> = {
  sneaker,
  boot,
  sandal,
};
