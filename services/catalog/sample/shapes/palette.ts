/** The tints one picture is painted with, all `#rrggbb`, all from one colour. */
export interface Palette {
  readonly base: string;
  readonly light: string;
  readonly pale: string;
  readonly dark: string;
  readonly deep: string;
  /** Background, from top to bottom, and the figure behind the object. */
  readonly skyTop: string;
  readonly skyBottom: string;
  readonly halo: string;
  /** Colour of the label. */
  readonly text: string;
}

type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [18, 20, 26];

const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

const css = (colour: Rgb): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Perceived brightness, 0 (black) to 1 (white). */
const brightness = ([red, green, blue]: Rgb): number => (0.299 * red + 0.587 * green + 0.114 * blue) / 255;

/** Tints for a colour given as six hex digits. */
export const paletteOf = (hex: string): Palette => {
  const base = rgb(hex);
  const bright = brightness(base);
  const backdrop = backdropOf(base, bright);
  return {
    base: css(base),
    light: css(mix(base, WHITE, 0.28)),
    pale: css(mix(base, WHITE, 0.66)),
    dark: css(mix(base, BLACK, bright > 0.8 ? 0.1 : 0.24)),
    deep: css(mix(base, BLACK, bright > 0.8 ? 0.34 : 0.52)),
    skyTop: css(mix(backdrop, WHITE, bright > 0.8 ? 0.22 : 0.35)),
    skyBottom: css(backdrop),
    halo: css(mix(backdrop, WHITE, bright > 0.8 ? 0.1 : 0.62)),
    text: css(mix(backdrop, BLACK, 0.76)),
  };
};

/** A white cup needs a darker room than a blue one; greys are warmed so that they do not look dead. */
const backdropOf = (base: Rgb, bright: number): Rgb => {
  const warm: Rgb = [214, 200, 184];
  const spread = Math.max(...base) - Math.min(...base);
  const room = spread < 28 ? mix(base, warm, 0.72) : base;
  if (bright > 0.8) return mix(mix(room, warm, 0.35), BLACK, 0.14);
  return mix(mix(room, WHITE, 0.66 + 0.12 * (1 - bright)), warm, 0.12);
};
