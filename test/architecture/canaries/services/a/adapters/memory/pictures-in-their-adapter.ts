import type { Sharp } from 'sharp';

export type Escaped = Sharp;
