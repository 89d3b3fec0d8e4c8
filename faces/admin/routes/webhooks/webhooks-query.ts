import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf, versionedOf, type Schemas } from '../../api.ts';
import type { WebhookView } from './view.ts';

export type Endpoint = Schemas['WebhookEndpoint'];
export type Delivery = Schemas['WebhookDelivery'];

const LIVE_MS = 5_000;
const PAGE = 50;

/** Every query of webhooks begins with this key. */
export const WEBHOOKS = 'webhooks';

export const endpointsQuery = queryOptions({
  queryKey: [WEBHOOKS, 'endpoints'],
  queryFn: async (): Promise<readonly Endpoint[]> =>
    (await dataOf(api.GET('/api/v1/webhook-endpoints'))).items,
  refetchInterval: LIVE_MS,
});

const pathOf = (endpointId: string) => ({ endpoint_id: endpointId });

export const endpointQuery = (endpointId: string) =>
  queryOptions({
    queryKey: [WEBHOOKS, 'endpoint', endpointId],
    queryFn: () =>
      versionedOf(
        api.GET('/api/v1/webhook-endpoints/{endpoint_id}', { params: { path: pathOf(endpointId) } }),
      ),
    refetchInterval: LIVE_MS,
  });

export const deliveriesQuery = (endpointId: string, { status, after }: WebhookView) =>
  queryOptions({
    queryKey: [WEBHOOKS, 'deliveries', endpointId, status, after],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/webhook-endpoints/{endpoint_id}/deliveries', {
          params: {
            path: pathOf(endpointId),
            query: {
              limit: PAGE,
              ...(status === undefined ? {} : { status }),
              ...(after === undefined ? {} : { cursor: after }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });

export const deliveryQuery = (endpointId: string, deliveryId: string) =>
  queryOptions({
    queryKey: [WEBHOOKS, 'delivery', endpointId, deliveryId],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}', {
          params: { path: { ...pathOf(endpointId), delivery_id: deliveryId } },
        }),
      ),
    refetchInterval: LIVE_MS,
  });
