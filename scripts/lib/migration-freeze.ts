import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MODULES } from '#all-in-one/main/modules.ts';
import { baseMigrations } from '#adapters/postgres/base-schema.ts';
import type { Migration } from '#adapters/postgres/migration.ts';
import { journalMigrations } from '#adapters/postgres/sql-journal.ts';

/** Digests of migrations, in their order: schema → migration → SHA-256 of its statements. */
export type Digests = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Those of the last release. */
export const PUBLISHED = new URL('../../contracts/migrations.json', import.meta.url);

export const readPublished = (): Digests =>
  z
    .record(z.string(), z.record(z.string(), z.string()))
    .parse(JSON.parse(readFileSync(PUBLISHED, 'utf8')) as unknown);

/** The whole text counts, including layout: a change needs another migration. */
export const digestsOf = (schemas: Readonly<Record<string, readonly Migration[]>>): Digests => {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  return Object.fromEntries(
    Object.entries(schemas).map(([schema, migrations]) => [
      schema,
      Object.fromEntries(migrations.map(({ name, up }) => [name, digest(JSON.stringify(up))])),
    ]),
  );
};

/** All migrations of the shop; `base` is what every schema begins with. */
export const currentDigests = (): Digests =>
  digestsOf({
    base: baseMigrations('base'),
    bus: journalMigrations,
    ...Object.fromEntries(MODULES.map(({ name, migrations }) => [name, migrations])),
  });

/**
 * Changes that databases migrated by the last release would miss: a migration that was edited, renamed or taken
 * away, or a new one before those that they have been through.
 */
export const migrationBreaches = (published: Digests, now: Digests): readonly string[] =>
  Object.entries(published).flatMap(([schema, migrations]) => {
    const present = now[schema] ?? {};
    const gone = Object.entries(migrations).flatMap(([name, digest]) => {
      if (present[name] === digest) return [];
      return [`${schema}/${name} ${present[name] === undefined ? 'is gone' : 'was edited'}`];
    });
    const last = Object.keys(migrations).toSorted().at(-1) ?? '';
    const early = Object.keys(present)
      .filter((name) => !(name in migrations) && name <= last)
      .map((name) => `${schema}/${name} comes before ${last}, which is released`);
    return [...gone, ...early];
  });
