import { alertmanager } from './alertmanager.ts';
import { cassandra } from './cassandra.ts';
import { collector } from './collector.ts';
import type { Engine } from './engine.ts';
import { jaeger } from './jaeger.ts';
import { kafka } from './kafka.ts';
import { keycloak } from './keycloak.ts';
import { mongo } from './mongo.ts';
import { opensearch } from './opensearch.ts';
import { postgres } from './postgres.ts';
import { prometheus } from './prometheus.ts';
import { redis } from './redis.ts';
import { s3 } from './s3.ts';
import { victorialogs } from './victorialogs.ts';

/** What the shop uses today. */
export const DEFAULT_SET: readonly Engine[] = [postgres, redis, kafka, mongo, opensearch, cassandra];

/** What it can use. */
export const ENGINES: readonly Engine[] = [...DEFAULT_SET, keycloak, s3];

/** What watches it; see docs/guides/observability.md. */
export const OBSERVABILITY: readonly Engine[] = [alertmanager, prometheus, jaeger, collector, victorialogs];

export const ALL: readonly Engine[] = [...ENGINES, ...OBSERVABILITY];
