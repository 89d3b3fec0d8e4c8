import type { EventEnvelope } from '#kernel/events.ts';
import type { DeadLetter, DeadLetterStore, LetterPosition } from '../messaging/stores.ts';
import type { Filter } from './filters.ts';
import { LETTERS, type MongoDatabase } from './mongo-database.ts';
import { rewrite, type Stored } from './stored.ts';

/** Identifies an event handled by a consumer; also the ID of its dead letter. */
export const idOfClaim = (consumer: string, eventId: string): string => `${consumer} ${eventId}`;

export interface LetterBody extends Omit<DeadLetter, 'envelope'> {
  /** JSON, as text. */
  readonly envelope: string;
}

export const letterBody = ({ envelope, ...letter }: DeadLetter): LetterBody => ({
  ...letter,
  envelope: JSON.stringify(envelope),
});

const toLetter = ({ consumer, envelope, error, parkedAt }: LetterBody): DeadLetter => ({
  consumer,
  envelope: JSON.parse(envelope) as EventEnvelope,
  error,
  parkedAt,
});

/** The claims that are embedded in documents, with the documents. */
export const claimsAmong = async (
  database: MongoDatabase,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (keys.length === 0) return new Map();
  const wanted = new Set(keys);
  const found = await Promise.all(
    database
      .all()
      .map(({ documents }) =>
        documents.find<Pick<Stored, '_id' | 'claims'>>({ names: { $in: keys } }, { fields: ['claims'] }),
      ),
  );
  return new Map(
    found
      .flat()
      .flatMap(({ _id, claims }) =>
        claims.filter(({ key }) => wanted.has(key)).map(({ key }) => [key, _id] as const),
      ),
  );
};

const following = ({ parkedAt, consumer, eventId }: LetterPosition): Filter => ({
  'body.parkedAt': { $gte: parkedAt },
  $or: [{ 'body.parkedAt': { $gt: parkedAt } }, { _id: { $gt: idOfClaim(consumer, eventId) } }],
});

export const mongoDeadLetterStore = (database: MongoDatabase): DeadLetterStore => {
  const letters = database.stored<LetterBody>(LETTERS);
  return {
    list: async (limit, after) => {
      const found = await letters.find(
        after ? following(after) : { 'body.parkedAt': { $gte: new Date(0) } },
        {
          sort: { 'body.parkedAt': 1, _id: 1 },
          limit,
        },
      );
      return found.flatMap(({ body }) => (body ? [toLetter(body)] : []));
    },
    find: async (consumer, eventId) => {
      const body = (await letters.get(idOfClaim(consumer, eventId)))?.body;
      return body && toLetter(body);
    },
    reopen: async (consumer, eventId) => {
      const id = idOfClaim(consumer, eventId);
      const body = (await letters.get(id))?.body;
      if (!body) return undefined;
      const holder = (await claimsAmong(database, [id])).get(id) ?? id;
      const documents = database.stored(LETTERS);
      if (holder !== id) {
        // Handled by a process that died before it removed the letter.
        await rewrite(documents, [id], (stored) => ({ ...stored, body: undefined }));
        return undefined;
      }
      await rewrite(documents, [id], (stored) =>
        stored.claims.length === 0 ? stored : { ...stored, claims: [] },
      );
      return toLetter(body);
    },
  };
};
