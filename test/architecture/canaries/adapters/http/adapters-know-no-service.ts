import type { innocent } from '#a/core/innocent.ts';

export type Innocent = typeof innocent;
