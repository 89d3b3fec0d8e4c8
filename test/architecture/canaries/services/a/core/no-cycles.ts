import type { Back } from './partner.ts';

export type Forth = Back | 'forth';
