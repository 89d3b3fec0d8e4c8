import type { Collection } from 'mongodb';

export type Escaped = Collection;
