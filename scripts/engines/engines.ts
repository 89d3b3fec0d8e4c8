import { cassandra } from './cassandra.ts';
import type { Engine } from './engine.ts';
import { kafka } from './kafka.ts';
import { keycloak } from './keycloak.ts';
import { mongo } from './mongo.ts';
import { opensearch } from './opensearch.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { s3 } from './s3.ts';

/** What the shop uses today. */
export const DEFAULT_SET: readonly Engine[] = [postgres, redis, kafka, mongo, opensearch, cassandra];

export const ENGINES: readonly Engine[] = [...DEFAULT_SET, keycloak, s3];
