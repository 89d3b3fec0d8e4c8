import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { FORM, fromBody, PRODUCTS, skusOf, toBody, type ProductBody } from './product-documents.ts';

const BATCH = 200;

interface Row {
  readonly _id: string;
  /** Absent in a tombstone. */
  readonly body?: Pick<ProductBody, 'form'>;
}

/** Stores products again that an earlier release stored in another form. Their versions stay as they are. */
export const makeBodyRefresh = (
  database: MongoDatabase,
  unitOfWork: UnitOfWork<{ readonly unit: MongoUnit }>,
  batch = BATCH,
) => {
  const documents = database.stored<ProductBody>(PRODUCTS);
  const refresh = (id: string): Promise<void> =>
    unitOfWork.run(async ({ unit }) => {
      const body = await unit.find<ProductBody>(PRODUCTS, id);
      if (!body || body.form === FORM) return;
      await unit.put(PRODUCTS, id, toBody(fromBody(body), body.rating), skusOf(body));
    });
  return async (): Promise<void> => {
    for (let after: string | undefined = ''; after !== undefined;) {
      const rows: readonly Row[] = await documents.find<Row>(
        { _id: { $gt: after } },
        { sort: { _id: 1 }, limit: batch, fields: ['body.version', 'body.form'] },
      );
      for (const { _id, body } of rows) if (body && body.form !== FORM) await refresh(_id);
      after = rows.length < batch ? undefined : rows.at(-1)?._id;
    }
  };
};
