import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { RecordKind, Scalar, Stored } from '../records.ts';
import { fromBody, OWES, OWES_SINCE, pathOf, putOwing, type Body } from './records.mongo.ts';

/** A record that owes something, and since which revision. */
export interface Debt {
  readonly id: string;
  readonly since: Scalar | readonly Scalar[] | undefined;
}

/** Records of a kind that owe `what`, at most `limit`. */
export const debtsOf = async (
  database: MongoDatabase,
  { name }: Pick<RecordKind<Stored>, 'name'>,
  what: string,
  limit: number,
): Promise<readonly Debt[]> => {
  const found = await database
    .stored<Body>(name)
    .find<{ readonly _id: string; readonly body?: Pick<Body, 'fields'> }>(
      { [pathOf(OWES)]: what },
      { limit, fields: [pathOf(OWES_SINCE)] },
    );
  return found.map(({ _id, body }) => ({ id: _id, since: body?.fields[OWES_SINCE] }));
};

/** What records of a kind owe, as at most `limit` of them say. */
export const allDebts = async (
  database: MongoDatabase,
  { name }: Pick<RecordKind<Stored>, 'name'>,
  limit: number,
): Promise<ReadonlySet<string>> => {
  const found = await database
    .stored<Body>(name)
    .find<{ readonly body?: Pick<Body, 'fields'> }>(
      { [pathOf(OWES)]: { $gt: '' } },
      { limit, fields: [pathOf(OWES)] },
    );
  return new Set(found.map(({ body }) => String(body?.fields[OWES])));
};

/** Whether a record owes something, as seen by the unit. */
export const isOwing = async (
  unit: MongoUnit,
  { name }: Pick<RecordKind<Stored>, 'name'>,
  id: string,
): Promise<boolean> => (await unit.find<Body>(name, id))?.fields[OWES] !== undefined;

/** Notes that a record has paid, unless it has come to owe more since. */
export const pay = async <T extends Stored, Heavy extends keyof T & string>(
  unit: MongoUnit,
  kind: RecordKind<T, Heavy>,
  { id, since }: Debt,
): Promise<void> => {
  const body = await unit.find<Body>(kind.name, id);
  if (body && body.fields[OWES_SINCE] === since) await putOwing(unit, kind, fromBody(body) as T, {});
};
