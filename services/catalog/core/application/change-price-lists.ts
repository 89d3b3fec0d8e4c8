import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  checkPriceList,
  MOST_PRICE_LISTS,
  type InvalidPriceList,
  type PriceList,
  type PriceListContent,
} from '../domain/price-list.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import { currentOf } from './current.ts';

export type NewPriceList = PriceListContent & Pick<PriceList, 'code' | 'currency'>;
type CannotAdd = InvalidPriceList | Refusal<'CODE_TAKEN' | 'TOO_MANY_PRICE_LISTS'>;
type NotCurrent = Refusal<'PRICE_LIST_NOT_FOUND' | 'PRECONDITION_FAILED'>;

const recall = (kept: unknown): PriceList => kept as PriceList;

export const makeCreatePriceList =
  (unitOfWork: UnitOfWork<CatalogTx>, ids: Ids, clock: Clock, currencies: ReadonlySet<string>) =>
  (content: NewPriceList, key?: IdempotencyKey): Promise<Result<PriceList, CannotAdd | IdempotencyRefusal>> =>
    once(unitOfWork, key, recall, async ({ priceLists }): Promise<Result<PriceList, CannotAdd>> => {
      const checked = checkPriceList(content);
      if (!checked.ok) return checked;
      if (!currencies.has(content.currency))
        return refuse('INVALID_PRICE_LIST', `Prices in ${content.currency} are not supported.`);
      if (await priceLists.byName(content.code))
        return refuse('CODE_TAKEN', `Another price list has the code ${content.code}.`);
      if ((await priceLists.count()) >= MOST_PRICE_LISTS)
        return refuse('TOO_MANY_PRICE_LISTS', `A shop has at most ${MOST_PRICE_LISTS} price lists.`);
      const now = clock.now().toISOString();
      const list: PriceList = {
        ...content,
        id: ids.next(),
        version: 1,
        edition: 1,
        createdAt: now,
        updatedAt: now,
      };
      await priceLists.save(list, [list.code]);
      return ok(list);
    });

export interface UpdatePriceList {
  readonly id: string;
  /** The edition that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly content: PriceListContent;
}

/** The prices in products are changed by `refreshProducts`. */
export const makeUpdatePriceList =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock) =>
  ({ id, basedOn, content }: UpdatePriceList): Promise<Result<PriceList, InvalidPriceList | NotCurrent>> =>
    unitOfWork.run(async ({ priceLists }) => {
      const checked = checkPriceList(content);
      if (!checked.ok) return checked;
      const current = await findCurrent({ priceLists }, id, basedOn);
      if (!current.ok) return current;
      const { code, currency, version, edition, createdAt } = current.value;
      const list: PriceList = {
        ...content,
        id,
        code,
        currency,
        version: version + 1,
        edition: edition + 1,
        createdAt,
        updatedAt: clock.now().toISOString(),
        refresh: { after: '' },
      };
      await priceLists.save(list, [code]);
      return ok(list);
    });

/** Its prices are removed from products by `refreshProducts`, and then the list itself. */
export const makeDeletePriceList =
  (unitOfWork: UnitOfWork<CatalogTx>, clock: Clock) =>
  (id: string, basedOn: number | undefined): Promise<Result<undefined, NotCurrent>> =>
    unitOfWork.run(async ({ priceLists }) => {
      const current = await findCurrent({ priceLists }, id, basedOn);
      if (!current.ok) return current;
      const now = clock.now().toISOString();
      const { version, edition, code } = current.value;
      await priceLists.save(
        {
          ...current.value,
          version: version + 1,
          edition: edition + 1,
          updatedAt: now,
          isDeleted: true,
          refresh: { after: '' },
        },
        [code],
      );
      return ok(undefined);
    });

const NO_LIST = refuse('PRICE_LIST_NOT_FOUND', 'There is no such price list.');

const findCurrent = async (
  { priceLists }: Pick<CatalogTx, 'priceLists'>,
  id: string,
  basedOn: number | undefined,
): Promise<Result<PriceList, NotCurrent>> => {
  const list = await priceLists.find(id);
  return currentOf(list?.isDeleted ? undefined : list, ({ edition }) => edition, {
    what: 'price list',
    missing: NO_LIST,
    basedOn,
  });
};
