import type { adapter } from '../../../../adapters/http/innocent.ts';

export type Adapter = typeof adapter;
