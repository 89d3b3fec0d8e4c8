import { etag, type Handlers } from '#adapters/http/operations.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import type {
  makeCreatePriceList,
  makeDeletePriceList,
  makeUpdatePriceList,
} from '../../core/application/change-price-lists.ts';
import type { PriceList, PriceListContent } from '../../core/domain/price-list.ts';
import type { CatalogCode } from './errors.ts';

type Schemas = components['schemas'];

export interface PriceListUseCases {
  readonly createPriceList: ReturnType<typeof makeCreatePriceList>;
  readonly updatePriceList: ReturnType<typeof makeUpdatePriceList>;
  readonly deletePriceList: ReturnType<typeof makeDeletePriceList>;
  readonly priceLists: DocumentQueries<PriceList>;
}

const NOT_FOUND = refuse('PRICE_LIST_NOT_FOUND', 'There is no such price list.');

/** In UTC, so that times compare as text. */
const instant = (time: string | undefined): string | undefined => time && new Date(time).toISOString();

const toContent = (input: Schemas['PriceListUpdate']): PriceListContent => ({
  name: input.name,
  priority: input.priority ?? 10,
  validFrom: instant(input.valid_from),
  validUntil: instant(input.valid_until),
});

const fromList = (list: PriceList): Schemas['PriceList'] => ({
  price_list_id: list.id,
  version: list.edition,
  code: list.code,
  name: list.name,
  currency: list.currency,
  priority: list.priority,
  ...(list.validFrom !== undefined && { valid_from: list.validFrom }),
  ...(list.validUntil !== undefined && { valid_until: list.validUntil }),
  created_at: list.createdAt,
  updated_at: list.updatedAt,
});

export const makePriceListHandlers = ({
  createPriceList,
  updatePriceList,
  deletePriceList,
  priceLists,
}: PriceListUseCases): Pick<
  Handlers<operations, CatalogCode>,
  'listPriceLists' | 'createPriceList' | 'getPriceList' | 'updatePriceList' | 'deletePriceList'
> => ({
  listPriceLists: async () => {
    const lists = (await priceLists.all()).filter(({ isDeleted }) => !isDeleted);
    return { status: 200, body: { items: lists.map(fromList) } };
  },
  getPriceList: async ({ path }) => {
    const list = await priceLists.find(path.price_list_id);
    if (!list || list.isDeleted) return NOT_FOUND;
    return { status: 200, headers: { ETag: etag(list.edition) }, body: fromList(list) };
  },
  createPriceList: async ({ body, idempotency }) => {
    const { code, currency } = body;
    const created = await createPriceList({ ...toContent(body), code, currency }, idempotency);
    if (!created.ok) return created;
    const { id, edition } = created.value;
    const headers = { ETag: etag(edition), Location: `/api/v1/price-lists/${id}` };
    return { status: 201, headers, body: fromList(created.value) };
  },
  updatePriceList: async ({ path, body, ifMatch }) => {
    const updated = await updatePriceList({
      id: path.price_list_id,
      basedOn: ifMatch,
      content: toContent(body),
    });
    if (!updated.ok) return updated;
    return { status: 200, headers: { ETag: etag(updated.value.edition) }, body: fromList(updated.value) };
  },
  deletePriceList: async ({ path, ifMatch }) => {
    const deleted = await deletePriceList(path.price_list_id, ifMatch);
    return deleted.ok ? { status: 204 } : deleted;
  },
});
