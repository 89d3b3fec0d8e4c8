import type { ServiceClient } from '#adapters/http/client.ts';
import { systemIds } from '#adapters/system/ids.ts';

/** Products of the catalog that answers analytics. */
export const LAMP = systemIds.next();
export const CHAIR = systemIds.next();

/** A catalog that has these two products; `asked` counts the calls. */
export const makeCatalog = () => {
  const calls: (readonly string[])[] = [];
  const client: ServiceClient = ({ body }) => {
    const { product_ids: ids } = body as { readonly product_ids: readonly string[] };
    calls.push(ids);
    return Promise.resolve({
      status: 200,
      body: { product_ids: ids.filter((id) => [LAMP, CHAIR].includes(id)) },
    });
  };
  return { calls, clients: { catalog: client } };
};
