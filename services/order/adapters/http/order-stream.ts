import { isFinal } from '../../core/domain/order-state.ts';
import type { OrderWatch } from '../../core/ports/order-progress.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { VersionedOrder } from '../../core/ports/order-tx.ts';
import { fromTimeline, type Viewer } from './mapping.ts';

/** A comment that keeps proxies from closing an idle stream. */
const STILL_HERE = ': still here\n\n';

/**
 * The timeline as server-sent events: `id` is the entry's number, from 1. Reads nothing unless another process has changed the
 * order.
 * @param found the order, read after `watch` began; the stream closes it
 * @param seen number of the last entry that the client has received
 */
export async function* orderStream(
  found: VersionedOrder,
  seen: number,
  queries: OrderQueries,
  watch: OrderWatch,
  viewer: Viewer,
): AsyncIterable<string> {
  let sent = seen;
  const news = ({ state }: VersionedOrder): string[] =>
    state.timeline.slice(sent).map((entry) => {
      sent += 1;
      return `id: ${sent}\nevent: timeline\ndata: ${JSON.stringify(fromTimeline(entry, viewer))}\n\n`;
    });
  try {
    let order = found;
    yield* news(order);
    if (isFinal(order.state)) return;
    for await (const progress of watch) {
      if (progress === 'no news') {
        yield STILL_HERE;
        continue;
      }
      const isRead = typeof progress !== 'number';
      if ((isRead ? progress.version : progress) <= order.version) continue;
      const changed = isRead ? progress : await queries.find(order.state.orderId);
      if (!changed) return;
      order = changed;
      yield* news(order);
      if (isFinal(order.state)) return;
    }
  } finally {
    watch.close();
  }
}
