import { PAPER, circle, draw, ellipse, faded, path, shadow, stroke, type Shape } from './draw.ts';

const mug: Shape = (p) =>
  draw(
    shadow(488, 190),
    faded(
      0.6,
      stroke('M262 150 Q240 116 262 84 M312 140 Q290 106 312 70 M362 150 Q340 116 362 84', PAPER, 11),
    ),
    stroke('M428 262 Q530 252 524 330 Q518 406 420 396', p.dark, 34),
    path('M176 196 H448 L438 440 Q434 484 388 484 H236 Q190 484 186 440 Z', p.base),
    path('M176 196 H234 L240 440 Q242 476 262 484 H236 Q190 484 186 440 Z', p.light),
    path('M404 196 H448 L438 440 Q434 484 388 484 H366 Q394 470 396 440 Z', p.dark),
    ellipse(312, 196, 136, 24, p.dark),
    ellipse(312, 199, 118, 17, '#5a3a26'),
  );

const bowl: Shape = (p) =>
  draw(
    shadow(482, 180),
    path('M236 448 H404 L414 478 H226 Z', p.deep),
    path('M104 252 H536 Q536 396 404 456 H236 Q104 396 104 252 Z', p.base),
    path('M104 252 H180 Q190 390 270 456 H236 Q104 396 104 252 Z', p.light),
    path('M470 252 H536 Q536 396 404 456 H360 Q456 390 470 252 Z', p.dark),
    ellipse(320, 252, 216, 40, p.dark),
    ellipse(320, 257, 192, 28, p.deep),
    path('M112 312 Q320 372 528 312 L524 332 Q320 390 118 334 Z', p.pale),
  );

const plate: Shape = (p) =>
  draw(
    shadow(502, 190),
    circle(320, 302, 200, p.dark),
    circle(320, 296, 200, p.base),
    circle(320, 296, 148, p.light),
    circle(320, 300, 136, p.base),
    faded(
      0.7,
      `<circle cx="320" cy="296" r="176" fill="none" stroke="${p.pale}" stroke-width="7" stroke-dasharray="3 22" stroke-linecap="round"/>`,
    ),
    faded(0.5, stroke('M214 246 Q240 196 296 184', PAPER, 12)),
  );

export const tableware: Readonly<Record<string, Shape>> = {
  mug,
  bowl,
  plate,
};
