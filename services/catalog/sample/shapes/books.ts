import { LEAF, PAPER, circle, draw, faded, path, rect, shadow, stroke, type Shape } from './draw.ts';
import type { Palette } from './palette.ts';

/** A closed book with a motif on its cover, in the square from (276, 196) to (404, 390). */
const bound = (p: Palette, ...motif: readonly string[]): string =>
  draw(
    shadow(498, 180),
    path('M188 108 Q188 84 212 84 H440 Q456 84 456 100 V492 H212 Q188 492 188 468 Z', p.dark),
    path('M204 466 Q204 450 222 450 H456 V484 H222 Q204 484 204 466 Z', PAPER),
    stroke('M216 462 H452 M214 472 H452', '#d8cdb8', 3),
    path('M188 108 Q188 84 212 84 H440 Q456 84 456 100 V450 H214 Q192 450 188 468 Z', p.base),
    path('M188 108 Q188 84 212 84 H224 V450 H214 Q192 450 188 468 Z', p.deep),
    rect(254, 126, 172, 22, PAPER, 4),
    rect(276, 160, 128, 12, p.pale, 4),
    rect(294, 410, 92, 12, PAPER, 4),
    ...motif,
  );

const book: Shape = (p) =>
  bound(
    p,
    circle(340, 290, 70, p.pale),
    path('M270 290 Q304 254 340 290 T410 290 Q410 360 340 360 Q270 360 270 290 Z', p.dark),
    circle(366, 258, 12, PAPER),
  );

const novel: Shape = (p) =>
  bound(
    p,
    rect(262, 196, 156, 194, p.dark, 78),
    path('M262 390 V330 Q300 300 340 336 T418 326 V390 Z', p.deep),
    circle(340, 262, 28, '#f0d9a0'),
    path('M318 390 L334 316 H346 L362 390 Z', p.light),
  );

const cookbook: Shape = (p) =>
  bound(
    p,
    circle(340, 296, 66, PAPER),
    circle(340, 296, 46, p.pale),
    path('M340 266 Q372 286 340 330 Q308 286 340 266 Z', LEAF),
    stroke('M254 232 V268 M244 232 V262 Q254 274 264 262 V232 M254 270 V366', PAPER, 6),
    stroke('M426 366 V232 Q410 256 414 302 H426', PAPER, 6),
  );

const fieldguide: Shape = (p) =>
  bound(
    p,
    rect(254, 196, 172, 194, p.pale, 8),
    circle(388, 236, 18, '#f0c766'),
    path('M254 390 V346 L304 256 L346 328 L370 292 L426 372 V382 Q426 390 418 390 Z', p.dark),
    path('M304 256 L286 288 L300 282 L308 292 L322 286 Z', PAPER),
    path('M254 362 Q320 336 426 380 Q426 390 418 390 H262 Q254 390 254 382 Z', p.deep),
  );

const picturebook: Shape = (p) =>
  draw(
    shadow(494, 240),
    rect(96, 140, 448, 346, p.deep, 10),
    path('M108 152 Q220 124 320 160 V476 Q220 440 108 468 Z', PAPER),
    path('M532 152 Q420 124 320 160 V476 Q420 440 532 468 Z', '#f3ecdf'),
    path('M128 400 Q180 330 230 380 Q270 340 308 388 V446 Q220 418 128 440 Z', p.base),
    circle(258, 232, 34, '#e8b84c'),
    path('M152 300 l22 -60 l22 60 Z M182 316 l18 -50 l18 50 Z', p.dark),
    faded(
      0.75,
      ...[216, 244, 272, 300].map((y) => rect(352, y, 148, 10, p.light, 5)),
      rect(352, 328, 90, 10, p.light, 5),
    ),
    path('M400 400 Q430 360 470 388 Q500 400 480 424 Q430 436 400 400 Z', p.base),
    stroke('M320 162 V474', '#d8cdb8', 4),
  );

export const books: Readonly<Record<string, Shape>> = {
  book,
  novel,
  cookbook,
  fieldguide,
  picturebook,
};
