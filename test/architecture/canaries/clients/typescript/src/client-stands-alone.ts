import { kernel } from '../../../shared-kernel/kernel.ts';

export const client = kernel;
