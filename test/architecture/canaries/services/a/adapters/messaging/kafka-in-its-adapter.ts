import type { Producer } from '@platformatic/kafka';

export type Escaped = Producer;
