import type { ServiceClient } from '#adapters/http/client.ts';
import type { Logger } from '#adapters/observability/logger.ts';

const EVERY_MS = 2_000;
/** More products than this between two reports are counted in the next. */
const MAX_PRODUCTS = 1_000;

/** Counts views of product pages, including cached ones, and reports them to the catalog periodically; best effort. */
export class ViewReporter {
  readonly #views = new Map<string, number>();
  readonly #catalog: ServiceClient;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;

  constructor(catalog: ServiceClient, logger: Logger) {
    this.#catalog = catalog;
    this.#logger = logger;
  }

  count(productId: string): void {
    if (this.#views.size < MAX_PRODUCTS || this.#views.has(productId))
      this.#views.set(productId, (this.#views.get(productId) ?? 0) + 1);
  }

  start(): void {
    this.#timer = setInterval(() => void this.report(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.report();
  }

  async report(): Promise<void> {
    const views = [...this.#views].map(([product_id, count]) => ({ product_id, views: count }));
    if (views.length === 0) return;
    this.#views.clear();
    try {
      await this.#catalog({
        method: 'POST',
        path: '/internal/v1/product-views',
        scope: 'views:write',
        body: { views },
      });
    } catch (error) {
      this.#logger.warn({ err: error, products: views.length }, 'views were not reported');
    }
  }
}
