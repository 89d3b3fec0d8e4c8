import { documentTables } from '#adapters/postgres/documents.ts';
import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  { name: '0001-media', up: documentTables('media', 'unusedSince') },
];
