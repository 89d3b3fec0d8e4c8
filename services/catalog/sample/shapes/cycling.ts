import {
  BRASS,
  INK,
  METAL,
  PAPER,
  STEEL,
  WALNUT,
  circle,
  draw,
  ellipse,
  faded,
  path,
  rect,
  ring,
  shadow,
  stroke,
  type Shape,
} from './draw.ts';

const wheel = (x: number): string =>
  draw(
    ring(x, 384, 100, INK, 15),
    ring(x, 384, 90, METAL, 4),
    ...[0, 30, 60, 90, 120, 150].map(
      (angle) => `<g transform="rotate(${angle} ${x} 384)">${rect(x - 1, 296, 2, 176, METAL)}</g>`,
    ),
    circle(x, 384, 12, STEEL),
  );

const frame = (main: string, dark: string): string =>
  draw(
    stroke('M160 384 L232 240 M160 384 H290', dark, 11),
    stroke('M228 232 L290 384 L424 238 M236 250 L424 226', main, 16),
    stroke('M416 196 L440 262 Q456 320 480 384', dark, 14),
    stroke('M228 232 L216 196', STEEL, 11),
    circle(290, 384, 26, STEEL),
    circle(290, 384, 14, INK),
    stroke('M290 384 L314 424', INK, 9),
    rect(298, 420, 40, 12, INK, 6),
  );

const bicycle: Shape = (p) =>
  draw(
    shadow(488, 250),
    wheel(160),
    wheel(480),
    frame(p.base, p.dark),
    path('M168 184 Q220 172 262 190 Q258 202 232 204 Q196 210 172 202 Z', WALNUT),
    stroke('M416 196 L408 158 Q384 146 366 168 M408 160 Q430 142 456 150', STEEL, 12),
    stroke('M366 168 L352 178', WALNUT, 17),
    stroke('M64 372 Q74 290 156 276', p.dark, 9),
    stroke('M394 336 Q430 270 520 290', p.dark, 9),
    rect(452, 208, 40, 32, PAPER, 10),
  );

const racer: Shape = (p) =>
  draw(
    shadow(488, 250),
    wheel(160),
    wheel(480),
    frame(p.base, p.dark),
    path('M172 184 Q224 176 266 188 Q250 202 220 200 Q190 204 172 184 Z', INK),
    stroke('M416 196 L412 172 H458 Q500 176 492 212 Q484 236 450 236', INK, 14),
    rect(326, 276, 28, 72, p.pale, 12),
  );

const helmet: Shape = (p) =>
  draw(
    shadow(484, 210),
    stroke('M176 372 Q220 470 318 474 M444 372 Q400 462 318 474', INK, 11),
    rect(300, 462, 40, 22, INK, 8),
    path(
      'M92 366 C86 208 196 120 330 120 C470 120 560 226 552 360 Q540 388 500 382 Q320 348 150 392 Q100 398 92 366 Z',
      p.base,
    ),
    path(
      'M92 366 C90 330 94 300 104 272 Q320 214 540 276 Q556 316 552 360 Q540 388 500 382 Q320 348 150 392 Q100 398 92 366 Z',
      p.dark,
    ),
    path('M190 236 Q236 172 320 160 L300 226 Q240 232 176 252 Z', p.deep),
    path('M352 160 Q430 168 472 232 Q420 224 340 224 Z', p.deep),
    path(
      'M156 330 Q240 290 330 292 L324 326 Q236 330 158 356 Z M366 294 Q440 298 502 326 L498 350 Q430 332 364 328 Z',
      p.deep,
    ),
    faded(0.6, stroke('M136 232 Q180 158 262 140', PAPER, 9)),
  );

const lock: Shape = (p) =>
  draw(
    shadow(496, 160),
    stroke('M226 300 V214 C226 72 414 72 414 214 V300', STEEL, 46),
    stroke('M218 290 V212 C218 84 396 74 408 190', METAL, 12),
    rect(166, 282, 308, 206, p.dark, 36),
    rect(166, 276, 308, 200, p.base, 36),
    rect(190, 296, 260, 24, p.light, 12),
    circle(320, 374, 32, p.deep),
    rect(308, 376, 24, 58, p.deep, 10),
    ring(320, 374, 32, BRASS, 6),
  );

const torch: Shape = (p) =>
  draw(
    shadow(492, 170),
    faded(0.5, path('M268 258 L62 130 V388 Z', '#fff3c4')),
    rect(330, 200, 30, 40, INK, 6),
    rect(250, 190, 240, 136, p.base, 34),
    rect(250, 258, 240, 68, p.dark, 30),
    rect(232, 176, 70, 164, p.deep, 20),
    ellipse(240, 258, 22, 76, '#fff3c4'),
    ellipse(240, 258, 12, 48, PAPER),
    rect(360, 178, 70, 22, INK, 9),
    rect(354, 326, 76, 66, INK, 8),
    rect(282, 384, 220, 46, STEEL, 22),
    rect(340, 376, 104, 62, INK, 14),
    rect(374, 430, 36, 56, STEEL, 8),
  );

export const cycling: Readonly<Record<string, Shape>> = {
  bicycle,
  racer,
  helmet,
  lock,
  torch,
};
