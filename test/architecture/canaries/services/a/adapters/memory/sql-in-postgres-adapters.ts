import type { Pool } from 'pg';

export type Escaped = Pool;
