import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import { findInBatches } from '../batching/find-in-batches.ts';
import { savesIn } from './saves.ts';
import type { Sql } from './sql.ts';
import type { SqlTransaction, Write } from './unit-of-work.ts';

/**
 * The tables of a service's documents, for a migration.
 * @param properties that few documents have, and that documents are looked up by
 */
export const documentTables = (schema: string, ...properties: readonly string[]): readonly string[] => [
  `create table ${schema}.documents (
     kind text not null,
     document_id uuid not null,
     version integer not null,
     document jsonb not null,
     primary key (kind, document_id)
   )`,
  `create table ${schema}.document_names (
     kind text not null,
     name text not null,
     document_id uuid not null,
     primary key (kind, name),
     foreign key (kind, document_id) references ${schema}.documents on delete cascade
   )`,
  `create index document_names_document on ${schema}.document_names (kind, document_id)`,
  ...properties.map(
    (property) =>
      `create index documents_with_${property} on ${schema}.documents (kind, document_id) where document ? '${property}'`,
  ),
];

const readsOf = <T>(sql: Pick<Sql, 'query'>, schema: string, kind: string) => {
  const select = async (clauses: string, params: readonly unknown[]): Promise<readonly T[]> => {
    const text = `select d.document from ${schema}.documents as d ${clauses}`;
    return (await sql.query<{ readonly document: T }>(text, params)).map(({ document }) => document);
  };
  const find = async (id: string): Promise<T | undefined> =>
    (await select('where d.kind = $1 and d.document_id = $2', [kind, id]))[0];
  const byName = async (name: string): Promise<T | undefined> => {
    const named = `join ${schema}.document_names as n using (kind, document_id) where kind = $1 and n.name = $2`;
    return (await select(named, [kind, name]))[0];
  };
  return { select, find, byName };
};

export const postgresDocuments = <T extends StoredDocument>(
  tx: SqlTransaction,
  schema: string,
  kind: string,
): Documents<T> => {
  const { find, byName } = readsOf<T>(tx, schema, kind);
  const { save, seenBy } = savesIn<Saved<T>>(
    tx,
    ({ document, names = [] }) => [document.id, ...names.map((name) => `named ${name}`)],
    (all) => writesOf(schema, kind, all),
  );
  return {
    save: (document, names) => save({ document, names }),
    find: seenBy(find),
    byName: seenBy(byName),
    lockByName: seenBy(async (name) => {
      const text = `select d.document from ${schema}.documents as d join ${schema}.document_names as n using (kind, document_id)
                    where kind = $1 and n.name = $2 for update of d`;
      return (await tx.execute<{ readonly document: T }>(text, [kind, name]))[0]?.document;
    }),
    allByName: seenBy(async (names) => {
      const text = `select name, document from ${schema}.document_names join ${schema}.documents using (kind, document_id)
                    where kind = $1 and name = any($2::text[])`;
      const rows = await tx.query<{ readonly name: string; readonly document: T }>(text, [kind, names]);
      return new Map(rows.map(({ name, document }) => [name, document]));
    }),
    count: seenBy(async () => {
      const text = `select count(*)::int as count from ${schema}.documents where kind = $1`;
      return (await tx.query<{ readonly count: number }>(text, [kind]))[0]?.count ?? 0;
    }),
    remove: seenBy(({ id, version }) =>
      tx.write({
        table: 'documents',
        text: `delete from ${schema}.documents where kind = $1 and document_id = $2 and version = $3`,
        params: [kind, id, version],
        rows: 1,
      }),
    ),
  };
};

interface Saved<T> {
  readonly document: T;
  readonly names: readonly string[] | undefined;
}

const writesOf = <T extends StoredDocument>(
  schema: string,
  kind: string,
  all: readonly Saved<T>[],
): readonly Write[] => {
  const ofDocuments = (text: string, some: readonly Saved<T>[]): Write => ({
    table: 'documents',
    text,
    params: [
      kind,
      some.map(({ document }) => document.id),
      some.map(({ document }) => document.version),
      some.map(({ document }) => JSON.stringify(document)),
    ],
    rows: some.length,
  });
  const saved = 'unnest($2::uuid[], $3::integer[], $4::jsonb[]) as saved (document_id, version, document)';
  const isNew = ({ document }: Saved<T>): boolean => document.version === 1;
  const inserted = ofDocuments(
    `insert into ${schema}.documents (kind, document_id, version, document) select $1, saved.* from ${saved}
     on conflict (kind, document_id) do nothing`,
    all.filter(isNew),
  );
  const updated = ofDocuments(
    `update ${schema}.documents as d set version = saved.version, document = saved.document from ${saved}
     where d.kind = $1 and d.document_id = saved.document_id and d.version = saved.version - 1`,
    all.filter((one) => !isNew(one)),
  );
  const named = all.flatMap(({ document, names = [] }) => names.map((name) => ({ id: document.id, name })));
  const ofNames = [named.map(({ id }) => id), named.map(({ name }) => name)];
  const renamed = all.filter((one) => !isNew(one) && one.names).map(({ document }) => document.id);
  const freed: Write = {
    table: 'document_names',
    text: `delete from ${schema}.document_names where kind = $1 and document_id = any($2::uuid[])
           and (document_id, name) not in (select * from unnest($3::uuid[], $4::text[]))`,
    params: [kind, renamed, ...ofNames],
  };
  const taken: Write = {
    table: 'document_names',
    // A name that another document has is not changed, and so missing from the count.
    text: `insert into ${schema}.document_names (kind, document_id, name) select $1, * from unnest($2::uuid[], $3::text[])
           on conflict (kind, name) do update set document_id = excluded.document_id
           where document_names.document_id = excluded.document_id`,
    params: [kind, ...ofNames],
    rows: named.length,
  };
  return [
    ...(inserted.rows === 0 ? [] : [inserted]),
    ...(renamed.length === 0 ? [] : [freed]),
    ...(updated.rows === 0 ? [] : [updated]),
    ...(named.length === 0 ? [] : [taken]),
  ];
};

export const postgresDocumentQueries = <T extends StoredDocument>(
  sql: Sql,
  schema: string,
  kind: string,
): DocumentQueries<T> => {
  const { select, byName } = readsOf<T>(sql, schema, kind);
  const find = findInBatches((ids) =>
    select('where d.kind = $1 and d.document_id = any($2::uuid[])', [kind, ids]),
  );
  return {
    find,
    byName,
    all: () => select('where d.kind = $1 order by d.document_id', [kind]),
    // In the text, because the condition of an index has no parameters.
    having: (property) =>
      select(`where d.kind = $1 and d.document ? '${property}' order by d.document_id`, [kind]),
    page: ({ limit, after, isDescending = false }) => {
      const [comparison, direction] = isDescending ? ['<', 'desc'] : ['>', 'asc'];
      return select(
        `where d.kind = $1 and ($3::uuid is null or d.document_id ${comparison} $3)
         order by d.document_id ${direction} limit $2`,
        [kind, limit, after ?? null],
      );
    },
  };
};
