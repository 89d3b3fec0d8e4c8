import type { Redis } from 'ioredis';

export type Escaped = Redis;
