import { Buffer } from 'node:buffer';
import type { Chunks } from '#kernel/chunks.ts';
import type { CollectionDeclaration } from './indexes.ts';
import type { MongoDatabase } from './mongo-database.ts';
import { afterUnit, type Stored } from './stored.ts';

const CHUNKS = 'chunks';

interface Body {
  readonly owner: string;
  readonly kind: string;
  readonly number: number;
  readonly base64: string;
}

export const chunkCollection: CollectionDeclaration = {
  name: CHUNKS,
  indexes: [{ name: 'owner', key: { 'body.owner': 1, 'body.kind': 1, 'body.number': 1 } }],
};

const RIDERS = { events: [], keys: [], claims: [] };
const AT_ONCE = 100;

export const mongoChunks = (database: MongoDatabase): Chunks => {
  const documents = database.stored<Body>(CHUNKS);
  return {
    put: async (owner, kind, number, bytes) => {
      const id = `${owner} ${kind} ${number}`;
      const body = { owner, kind, number, base64: Buffer.from(bytes).toString('base64') };
      const before = await documents.get(id);
      const stored = afterUnit<Body>(before, { id, body }, RIDERS);
      if (!before) await documents.insert(stored);
      else await documents.replace({ _id: id, revision: before.revision }, stored);
    },
    after: async (owner, kind, number, limit) => {
      const found = await documents.find(
        { 'body.owner': owner, 'body.kind': kind, 'body.number': { $gt: number } },
        { sort: { 'body.number': 1 }, limit },
      );
      return found.flatMap(({ body }) =>
        body ? [{ number: body.number, bytes: Buffer.from(body.base64, 'base64') }] : [],
      );
    },
    remove: async (owner, kind, from = 0) => {
      const filter = {
        'body.owner': owner,
        ...(kind === undefined ? {} : { 'body.kind': kind }),
        'body.number': { $gte: from },
      };
      for (;;) {
        const found = await documents.find<Pick<Stored, '_id' | 'revision'>>(filter, {
          fields: ['revision'],
          limit: AT_ONCE,
        });
        if (found.length === 0) return;
        await documents.writeAll(
          found.map(({ _id, revision }) => ({ filter: { _id, revision }, remove: true as const })),
        );
      }
    },
  };
};
