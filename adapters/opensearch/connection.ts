import { Client, errors } from '@opensearch-project/opensearch';
import { StoreUnavailable } from '../messaging/stores.ts';

export interface OpenSearchOptions {
  /** `http://…` or `https://…`. */
  readonly url: string;
  /** Of a whole request, to the last byte of its response, in milliseconds. */
  readonly timeoutMs: number;
}

/** A request of the driver. */
interface Sent<T> extends Promise<T> {
  abort(): unknown;
}

/** Statuses of a server that is overloaded, starting or out of reach. */
const CANNOT_NOW: ReadonlySet<number | null> = new Set([429, 502, 503, 504]);

/** True if the same request may succeed later. */
export const isPassing = (status: number | null): boolean => CANNOT_NOW.has(status);

/** A client of OpenSearch 2 that sends each request once: the caller knows which ones to repeat. */
export class OpenSearchConnection {
  readonly #client: Client;
  readonly #timeoutMs: number;

  constructor({ url, timeoutMs }: OpenSearchOptions) {
    this.#timeoutMs = timeoutMs;
    this.#client = new Client({
      node: url,
      requestTimeout: timeoutMs,
      maxRetries: 0,
      resurrectStrategy: 'none', // the only node is asked even when it was away
    });
  }

  /**
   * Sends a request. Throws `StoreUnavailable` without a complete response in time, or if the server cannot serve it now; the
   * driver's `ResponseError` if the server refuses it.
   */
  async run<T>(send: (client: Client) => Sent<T>): Promise<T> {
    const sent = send(this.#client);
    // The driver's timeout ends with the headers of the response.
    const timer = setTimeout(() => sent.abort(), this.#timeoutMs);
    try {
      return await sent;
    } catch (error) {
      throw translated(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

const translated = (error: unknown): unknown => {
  if (!(error instanceof errors.OpenSearchClientError)) return error;
  if (error instanceof errors.ResponseError && !isPassing(error.statusCode)) return error;
  return new StoreUnavailable(`OpenSearch: ${error.message}`, { cause: error });
};
