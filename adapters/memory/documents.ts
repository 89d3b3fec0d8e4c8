import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from './memory-database.ts';

interface Row<T> {
  readonly document: T;
  readonly names: readonly string[];
}

const tablesOf = <T>(tables: MemoryTables, kind: string) => ({
  rows: tables.table<Row<T>>(kind),
  /** The ID of the document that has a name. */
  names: tables.table<string>(`names of ${kind}`),
});

const readsOf = <T>(tables: MemoryTables, kind: string) => {
  const { rows, names } = tablesOf<T>(tables, kind);
  const find = (id: string): Promise<T | undefined> => Promise.resolve(rows.get(id)?.document);
  const byName = (name: string): Promise<T | undefined> => find(names.get(name) ?? '');
  return { find, byName };
};

/** @param kind also the name of their table */
export const memoryDocuments = <T extends StoredDocument>(
  tx: MemoryTransaction,
  kind: string,
): Documents<T> => {
  const { rows, names } = tablesOf<T>(tx, kind);
  const rename = (id: string, next: readonly string[]): void => {
    for (const name of rows.get(id)?.names ?? []) names.delete(name);
    for (const name of next) {
      if (names.get(name) !== undefined) throw new VersionConflict(`${kind}: ${name}`);
      names.put(name, id);
    }
  };
  const reads = readsOf<T>(tx, kind);
  return {
    ...reads,
    lockByName: reads.byName,
    allByName: (wanted) => {
      const found = wanted.map((name) => [name, rows.get(names.get(name) ?? '')?.document] as const);
      return Promise.resolve(new Map(found.flatMap(([name, one]) => (one ? [[name, one] as const] : []))));
    },
    count: () => Promise.resolve(rows.find().length),
    save: async (document, given) => {
      const { id, version } = document;
      const next = given ?? rows.get(id)?.names ?? [];
      if ((rows.get(id)?.document.version ?? 0) !== version - 1) throw new VersionConflict(kind);
      rename(id, next);
      rows.put(id, { document, names: next });
      await Promise.resolve();
    },
    remove: async ({ id, version }) => {
      if (rows.get(id)?.document.version !== version) throw new VersionConflict(kind);
      rename(id, []);
      rows.delete(id);
      await Promise.resolve();
    },
  };
};

export const memoryDocumentQueries = <T extends StoredDocument>(
  { committed }: MemoryDatabase,
  kind: string,
): DocumentQueries<T> => {
  const sorted = (): readonly T[] =>
    tablesOf<T>(committed, kind)
      .rows.find()
      .map(({ document }) => document)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...readsOf<T>(committed, kind),
    all: () => Promise.resolve(sorted()),
    having: (property) => Promise.resolve(sorted().filter((document) => document[property] !== undefined)),
    page: ({ limit, after, isDescending = false }) => {
      const ordered = isDescending ? sorted().toReversed() : sorted();
      const follows = ({ id }: T): boolean => after === undefined || (isDescending ? id < after : id > after);
      return Promise.resolve(ordered.filter(follows).slice(0, limit));
    },
  };
};
