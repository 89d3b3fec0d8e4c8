import type { gone } from '#a/core/gone.ts';

export type Gone = typeof gone;
