import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { RecordKind, Stored } from '../records.ts';
import { fromBody, putRecord, type Body } from './records.mongo.ts';

const BATCH = 200;

interface Row {
  readonly _id: string;
  /** Absent in a tombstone. */
  readonly body?: Pick<Body, 'form'>;
}

/**
 * Stores records of a kind again that an earlier release stored in another form. Their revisions stay as they are.
 * @param prepare called with each record before it is stored in the new form, and again if the process dies between
 */
export const makeRecordRefresh = <T extends Stored, Heavy extends keyof T & string>(
  database: MongoDatabase,
  unitOfWork: UnitOfWork<{ readonly unit: MongoUnit }>,
  kind: RecordKind<T, Heavy>,
  prepare: (record: T) => Promise<void> = () => Promise.resolve(),
  batch = BATCH,
) => {
  const { name, form } = kind;
  const documents = database.stored<Body>(name);
  const refresh = (id: string): Promise<void> =>
    unitOfWork.run(async ({ unit }) => {
      const body = await unit.find<Body>(name, id);
      if (body && body.form !== form) await putRecord(unit, kind, fromBody(body) as T);
    });
  return async (): Promise<void> => {
    for (let after: string | undefined = ''; after !== undefined;) {
      const rows: readonly Row[] = await documents.find<Row>(
        { _id: { $gt: after } },
        { sort: { _id: 1 }, limit: batch, fields: ['body.revision', 'body.form'] },
      );
      for (const { _id, body } of rows) {
        if (!body || body.form === form) continue;
        const found = (await documents.get(_id))?.body;
        if (found) await prepare(fromBody(found) as T);
        await refresh(_id);
      }
      after = rows.length < batch ? undefined : rows.at(-1)?._id;
    }
  };
};
