import type { Palette } from './palette.ts';

/** Draws one object on a 640 × 640 canvas; it stands at about y = 490. */
export type Shape = (palette: Palette) => string;

/** Colours that do not follow the product's own. */
export const INK = '#2b3036';
export const PAPER = '#fdfaf4';
export const METAL = '#b4bcc3';
export const STEEL = '#8b959e';
export const BRASS = '#c8a352';
export const WOOD = '#b98b5f';
export const WALNUT = '#7d5a3c';
export const LEAF = '#5d8f66';
export const MOSS = '#3f6f4c';

export const draw = (...parts: readonly string[]): string => parts.join('');

export const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

export const circle = (x: number, y: number, radius: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;

export const path = (d: string, fill: string): string => `<path d="${d}" fill="${fill}"/>`;

/** A line with round ends along a path. */
export const stroke = (d: string, colour: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

export const ring = (x: number, y: number, radius: number, colour: string, width: number): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;

/** The parts turned around the middle of the canvas (degrees, clockwise). */
export const turned = (degrees: number, ...parts: readonly string[]): string =>
  `<g transform="rotate(${degrees} 320 320)">${parts.join('')}</g>`;

export const faded = (opacity: number, ...parts: readonly string[]): string =>
  `<g opacity="${opacity}">${parts.join('')}</g>`;

/** The parts and their mirror image, left and right of x = 320. */
export const mirrored = (...parts: readonly string[]): string =>
  `${parts.join('')}<g transform="matrix(-1 0 0 1 640 0)">${parts.join('')}</g>`;

/** The soft shadow an object throws on the ground. */
export const shadow = (y: number, spread: number, x = 320): string =>
  ellipse(x, y, spread, spread * 0.11, 'url(#shade)');
