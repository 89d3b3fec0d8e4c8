import type { innocent } from '#b/core/innocent.ts';

export type Innocent = typeof innocent;
