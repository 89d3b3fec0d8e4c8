import { kernel } from '#kernel/kernel.ts';

export const innocent = kernel;
