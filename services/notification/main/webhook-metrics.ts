import type { Metrics } from '#adapters/observability/metrics.ts';
import type { Clock } from '#kernel/clock.ts';
import { outcomeOf } from '../core/domain/webhook-delivery.ts';
import type { WebhookQueries, WebhookSender } from '../core/ports/webhooks.ts';

/** Counts attempts by their outcomes. */
export const watchSender = (metrics: Metrics, sender: WebhookSender): WebhookSender => {
  const attempts = metrics.counter('webhook_attempts_total', 'Attempts to deliver webhooks, by outcome', [
    'outcome',
  ]);
  return {
    send: async (call) => {
      const answer = await sender.send(call);
      attempts.inc({ outcome: answer.kind === 'forbidden' ? 'forbidden' : outcomeOf(answer) });
      return answer;
    },
  };
};

/** Shows which endpoints the service has disabled, and how late deliveries are. The values are those of the store: all instances show the same. */
export const watchEndpoints = (
  metrics: Metrics,
  clock: Clock,
  { endpoints, deliveries }: WebhookQueries,
): void => {
  metrics.gauge(
    'webhook_endpoints_disabled',
    'Webhook endpoints that the service has disabled, by reason',
    ['reason'],
    async (gauge) => {
      const all = await endpoints.all();
      for (const reason of ['gone', 'failing'] as const)
        gauge.set({ reason }, all.filter(({ disabled }) => disabled?.by === reason).length);
    },
  );
  metrics.gauge(
    'webhook_oldest_pending_seconds',
    'Age of the oldest webhook that is not delivered',
    [],
    async (gauge) => {
      const oldest = await deliveries.oldestPending();
      gauge.set(oldest ? (clock.now().getTime() - oldest.getTime()) / 1_000 : 0);
    },
  );
};
