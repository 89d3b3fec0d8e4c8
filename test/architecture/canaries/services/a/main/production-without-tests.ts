import type { helper } from '#a/test/innocent.ts';

export type Helper = typeof helper;
