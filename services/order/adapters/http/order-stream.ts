import { isFinal } from '../../core/domain/standing.ts';
import type { OrderProgress } from '../../core/ports/order-progress.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import { fromTimeline, type Viewer } from './mapping.ts';

/** A comment that keeps proxies from closing an idle stream. */
const STILL_HERE = ': still here\n\n';

/**
 * The timeline as server-sent events: `id` is the entry's number, from 1.
 * @param seen number of the last entry that the client has received
 */
export async function* orderStream(
  orderId: string,
  seen: number,
  queries: OrderQueries,
  progress: OrderProgress,
  signal: AbortSignal,
  viewer: Viewer,
): AsyncIterable<string> {
  let sent = seen;
  for await (const news of progress.watch(orderId, signal)) {
    if (news === 'no news') {
      yield STILL_HERE;
      continue;
    }
    const found = news === 'unseen' ? await queries.find(orderId) : news;
    if (!found) return;
    const entries = found.state.timeline.slice(sent);
    for (const entry of entries) {
      sent += 1;
      yield `id: ${sent}\nevent: timeline\ndata: ${JSON.stringify(fromTimeline(entry, viewer))}\n\n`;
    }
    if (isFinal(found.state)) return;
  }
}
