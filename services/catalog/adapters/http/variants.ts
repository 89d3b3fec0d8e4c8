import type { Handlers } from '#adapters/http/operations.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import type { makeChangeVariants, VariantResult } from '../../core/application/change-variants.ts';
import type { CatalogCode } from './errors.ts';

type Schemas = components['schemas'];

export interface VariantUseCases {
  readonly changeVariants: ReturnType<typeof makeChangeVariants>;
}

const fromResult = (result: VariantResult): Schemas['VariantResult'] => ({
  sku: result.sku,
  status: result.status,
  ...('productId' in result && { product_id: result.productId, version: result.version }),
  ...('errors' in result && { errors: [...result.errors] }),
});

export const makeVariantHandlers = ({
  changeVariants,
}: VariantUseCases): Pick<Handlers<operations, CatalogCode>, 'changeVariants'> => ({
  changeVariants: async ({ body }) => {
    const results = await changeVariants(
      body.items.map(({ version, ...patch }) => ({ patch, basedOn: version })),
    );
    return { status: 200, body: { items: results.map(fromResult) } };
  },
});
