import { kernel } from '#kernel/kernel.ts';

export const face = kernel;
