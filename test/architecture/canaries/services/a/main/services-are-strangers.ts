import type { main } from '#b/main/innocent.ts';

export type Main = typeof main;
