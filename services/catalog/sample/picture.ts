import { box } from './shapes/box.ts';
import type { Shape } from './shapes/draw.ts';
import { shapes } from './shapes/index.ts';
import { paletteOf, type Palette } from './shapes/palette.ts';

/** Shape, colour (six hex digits), label: `laptop~9aa4b1~Aerion-14.svg`. Only characters that a URL path carries as they are. */
const NAME = /^([a-z][a-z-]{0,23})~([0-9a-f]{6})~([A-Za-z0-9][A-Za-z0-9._&'-]{0,39})\.svg$/;

/**
 * Draws the picture that its name describes, as an SVG document of 640 × 640.
 * The same name always gives the same picture. A shape we cannot draw becomes a box; a malformed name gives undefined.
 */
export const renderPicture = (name: string): string | undefined => {
  const [, shape, colour, label] = NAME.exec(name) ?? [];
  if (shape === undefined || colour === undefined || label === undefined) return undefined;
  const text = label.replaceAll('-', ' ').trim();
  return frame(shapes.get(shape) ?? box, paletteOf(colour), text, backdrops[hash(label) % backdrops.length]);
};

const frame = (shape: Shape, palette: Palette, text: string, backdrop: Backdrop = circle): string =>
  [
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 640 640" role="img">',
    `<title>${escapeXml(text)}</title>`,
    '<defs>',
    gradient('linearGradient', 'sky', 'x1="0" y1="0" x2="0" y2="1"', palette.skyTop, palette.skyBottom),
    '<radialGradient id="shade"><stop offset="0" stop-color="#1c1f26" stop-opacity=".34"/>',
    '<stop offset="1" stop-color="#1c1f26" stop-opacity="0"/></radialGradient>',
    '</defs>',
    '<rect width="640" height="640" fill="url(#sky)"/>',
    backdrop(palette.halo),
    shape(palette),
    `<text x="320" y="588" text-anchor="middle" font-family="'Avenir Next','Segoe UI',Inter,'DejaVu Sans',sans-serif" `,
    `font-size="${text.length > 24 ? 24 : 30}" font-weight="600" fill="${palette.text}">${escapeXml(text)}</text>`,
    '</svg>',
  ].join('');

const gradient = (kind: string, id: string, direction: string, from: string, to: string): string =>
  `<${kind} id="${id}" ${direction}><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></${kind}>`;

/** The quiet figure behind the object; three of them, so that a page of products does not look stamped. */
type Backdrop = (halo: string) => string;

const circle: Backdrop = (halo) => `<circle cx="320" cy="290" r="232" fill="${halo}"/>`;
const arch: Backdrop = (halo) => `<path d="M96 520 V284 a224 224 0 0 1 448 0 V520 Z" fill="${halo}"/>`;
const pebble: Backdrop = (halo) =>
  `<path d="M118 196 C176 62 398 26 500 132 C606 244 570 452 424 506 C268 562 100 486 76 366 C64 300 92 256 118 196 Z" fill="${halo}"/>`;

const backdrops: readonly Backdrop[] = [circle, arch, pebble];

const hash = (text: string): number => {
  let value = 7;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) >>> 0;
  return value;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
