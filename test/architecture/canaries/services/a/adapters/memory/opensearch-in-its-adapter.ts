import type { Client } from '@opensearch-project/opensearch';

export type Escaped = Client;
