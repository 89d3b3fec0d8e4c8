import {
  INK,
  METAL,
  PAPER,
  STEEL,
  WALNUT,
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
  type Shape,
} from './draw.ts';

const laptop: Shape = (p) =>
  draw(
    shadow(462, 270),
    rect(138, 150, 364, 260, p.dark, 18),
    rect(152, 164, 336, 232, '#1f2933', 8),
    path(
      'M152 330 C230 270 300 390 380 320 S470 300 488 280 V388 Q488 396 480 396 H160 Q152 396 152 388 Z',
      p.base,
    ),
    faded(
      0.55,
      path(
        'M152 360 C240 320 300 400 400 350 S470 350 488 330 V388 Q488 396 480 396 H160 Q152 396 152 388 Z',
        p.pale,
      ),
    ),
    circle(412, 226, 24, p.pale),
    path('M92 410 H548 L566 440 Q566 456 548 456 H92 Q74 456 74 440 Z', p.base),
    path('M92 410 H548 L557 425 H83 Z', p.light),
    rect(268, 410, 104, 11, p.dark, 5),
  );

const phone: Shape = (p) =>
  draw(
    shadow(496, 130),
    rect(218, 92, 204, 398, p.dark, 36),
    rect(222, 92, 200, 394, p.base, 34),
    rect(234, 104, 176, 370, '#1d2630', 24),
    path('M234 330 C290 270 340 400 410 320 V450 Q410 474 386 474 H258 Q234 474 234 450 Z', p.light),
    faded(
      0.6,
      path('M234 390 C290 340 350 440 410 380 V450 Q410 474 386 474 H258 Q234 474 234 450 Z', p.pale),
    ),
    circle(322, 126, 8, '#0c1116'),
    rect(262, 176, 120, 14, PAPER, 7),
    faded(0.6, rect(282, 204, 80, 10, PAPER, 5)),
    faded(0.8, rect(287, 456, 70, 6, PAPER, 3)),
  );

const tablet: Shape = (p) =>
  draw(
    shadow(492, 220),
    rect(126, 144, 388, 340, p.dark, 30),
    rect(126, 144, 388, 334, p.base, 28),
    rect(146, 164, 348, 294, '#1f2933', 12),
    ellipse(430, 230, 34, 34, p.pale),
    path(
      'M146 400 L250 270 L330 360 L390 300 L494 410 V446 Q494 458 482 458 H158 Q146 458 146 446 Z',
      p.light,
    ),
    faded(
      0.7,
      path(
        'M146 430 L220 360 L300 430 L400 360 L494 440 V446 Q494 458 482 458 H158 Q146 458 146 446 Z',
        p.pale,
      ),
    ),
    stroke('M548 176 L560 470', PAPER, 16),
    stroke('M548 176 L549 190', p.dark, 16),
    path('M552 472 L568 472 L562 492 Z', INK),
  );

const camera: Shape = (p) =>
  draw(
    shadow(474, 230),
    rect(226, 150, 188, 80, p.dark, 18),
    rect(252, 166, 136, 40, INK, 10),
    rect(132, 176, 56, 30, STEEL, 8),
    circle(466, 196, 24, STEEL),
    rect(104, 198, 432, 268, p.base, 34),
    rect(104, 250, 432, 160, INK, 0),
    faded(0.16, rect(104, 250, 432, 8, PAPER)),
    circle(320, 332, 122, p.deep),
    circle(320, 332, 108, STEEL),
    circle(320, 332, 94, '#1c232b'),
    circle(320, 332, 64, '#2f4254'),
    circle(320, 332, 38, '#131a21'),
    faded(0.75, ellipse(292, 302, 22, 14, PAPER)),
    circle(480, 226, 9, '#d9694f'),
  );

const headphones: Shape = (p) =>
  draw(
    shadow(496, 190),
    stroke('M152 362 V310 C152 120 488 120 488 310 V362', p.deep, 34),
    stroke('M160 306 C166 138 474 138 480 306', p.light, 12),
    mirrored(
      rect(112, 330, 62, 160, p.base, 30),
      rect(112, 330, 34, 160, p.dark, 17),
      rect(164, 324, 50, 172, INK, 25),
      faded(0.25, rect(172, 340, 12, 140, PAPER, 6)),
    ),
  );

const earbuds: Shape = (p) =>
  draw(
    shadow(494, 190),
    rect(150, 338, 340, 150, p.dark, 64),
    rect(150, 330, 340, 146, p.base, 64),
    rect(150, 372, 340, 8, p.dark),
    circle(320, 412, 8, PAPER),
    mirrored(
      path(
        'M196 160 C196 120 276 112 282 172 C286 214 262 226 250 226 V300 Q250 316 236 316 Q222 316 222 300 V226 C204 220 196 196 196 160 Z',
        p.light,
      ),
      ellipse(270, 178, 24, 34, INK),
      faded(0.5, ellipse(222, 160, 10, 18, PAPER)),
    ),
  );

const speaker: Shape = (p) =>
  draw(
    shadow(496, 170),
    rect(188, 96, 264, 396, p.dark, 30),
    rect(188, 96, 252, 396, p.base, 30),
    circle(314, 196, 56, p.deep),
    circle(314, 196, 42, INK),
    circle(314, 196, 16, METAL),
    circle(314, 364, 100, p.deep),
    circle(314, 364, 84, INK),
    ring(314, 364, 64, '#454d56', 6),
    circle(314, 364, 32, p.light),
    faded(0.5, ellipse(302, 352, 10, 7, PAPER)),
  );

const turntable: Shape = (p) =>
  draw(
    shadow(496, 270),
    rect(80, 168, 480, 300, WALNUT, 22),
    rect(80, 168, 480, 284, p.base, 22),
    rect(80, 430, 480, 38, p.dark, 16),
    rect(120, 466, 56, 24, INK, 8),
    rect(464, 466, 56, 24, INK, 8),
    ellipse(276, 306, 158, 118, STEEL),
    ellipse(276, 302, 150, 111, '#20252b'),
    faded(
      0.3,
      `<ellipse cx="276" cy="302" rx="120" ry="88" fill="none" stroke="${METAL}" stroke-width="3"/>`,
    ),
    faded(0.3, `<ellipse cx="276" cy="302" rx="90" ry="66" fill="none" stroke="${METAL}" stroke-width="3"/>`),
    ellipse(276, 302, 48, 36, p.light),
    ellipse(276, 302, 7, 5, INK),
    circle(492, 218, 28, STEEL),
    circle(492, 218, 15, INK),
    stroke('M492 218 L478 350 L396 374', METAL, 11),
    rect(374, 362, 36, 20, INK, 5),
    circle(510, 400, 14, METAL),
  );

export const technology: Readonly<Record<string, Shape>> = {
  laptop,
  phone,
  tablet,
  camera,
  headphones,
  earbuds,
  speaker,
  turntable,
};
