import { Bell } from '#adapters/messaging/bell.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { ChangeLog, Progress } from './change-log.ts';
import type { Kind } from './changes.ts';

/** Changes within this time are sent together. */
const GATHER_MS = 500;
/** Heartbeat interval: shorter than proxies' idle timeouts. */
const NO_NEWS_MS = 25_000;
/** More IDs of a kind are not listed: so many changes are read with one list. */
const MOST_IDS = 100;

const STILL_HERE = ': still here\n\n';

export interface Watcher {
  /** The last event that the client has received. */
  readonly seen: string | undefined;
  readonly mayRead: (kind: Kind) => boolean;
  readonly signal: AbortSignal;
}

/** Notifies streams of changes. While there is none, nothing is read. */
export class StaffEvents {
  readonly #log: ChangeLog;
  readonly #logger: Logger;
  readonly #watchers = new Set<News>();
  /** Up to where all watchers were notified. */
  #position: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: ChangeLog, logger: Logger) {
    this.#log = log;
    this.#logger = logger;
  }

  /**
   * Server-sent events from now on, or after the last one that the client has received: `changed` with kind and IDs, and `reset` if
   * changes may have been missed. Rejects if the log cannot be read.
   */
  async watch({ seen, mayRead, signal }: Watcher): Promise<AsyncIterable<string>> {
    const news = new News(mayRead);
    const close = (): void => {
      signal.removeEventListener('abort', close);
      news.end();
      this.#remove(news);
    };
    this.#watchers.add(news); // before anything is read, so that no change falls in between
    this.#timer ??= setInterval(() => void this.#look(), GATHER_MS).unref();
    signal.addEventListener('abort', close);
    if (signal.aborted) close();
    try {
      const end = await this.#log.end();
      this.#position ??= end;
      const missed = seen === undefined ? undefined : await this.#log.after(seen);
      if (missed) news.add(missed);
      else news.reset(end);
    } catch (error) {
      close();
      throw error;
    }
    return news.sent(close);
  }

  #remove(news: News): void {
    this.#watchers.delete(news);
    if (this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = this.#position = undefined;
  }

  async #look(): Promise<void> {
    const from = this.#position;
    if (from === undefined) return;
    try {
      const read = await this.#log.after(from);
      const position = read?.position ?? (await this.#log.end());
      if (this.#position !== from) return; // another look was faster
      this.#position = position;
      for (const news of this.#watchers)
        if (read) news.add(read);
        else news.reset(position);
    } catch (error) {
      this.#logger.warn({ err: error }, 'changes for staff could not be read, will go on');
    }
  }
}

/** What one stream has to send. However much changes, it stays small. */
class News {
  readonly #mayRead: (kind: Kind) => boolean;
  readonly #bell = new Bell();
  readonly #changed = new Map<Kind, Set<string>>();
  #position = '';
  #isReset = false;
  #isOver = false;

  constructor(mayRead: (kind: Kind) => boolean) {
    this.#mayRead = mayRead;
  }

  add({ changes, position }: Progress): void {
    this.#position = position;
    for (const { kind, id } of changes) {
      if (!this.#mayRead(kind)) continue;
      const ids = this.#changed.get(kind) ?? new Set();
      if (ids.size <= MOST_IDS) this.#changed.set(kind, ids.add(id));
    }
    if (this.#changed.size > 0) this.#bell.ring();
  }

  reset(position: string): void {
    this.#position = position;
    this.#isReset = true;
    this.#bell.ring();
  }

  end(): void {
    this.#isOver = true;
    this.#bell.ring();
  }

  async *sent(close: () => void): AsyncGenerator<string> {
    try {
      for (;;) {
        const isNews = await this.#bell.rung(NO_NEWS_MS);
        if (this.#isOver) return;
        yield isNews ? this.#take() : STILL_HERE;
      }
    } finally {
      close();
    }
  }

  #take(): string {
    const data = [...this.#changed].map(([kind, ids]) => ({
      kind,
      ...(ids.size > MOST_IDS ? {} : { ids: [...ids] }),
    }));
    const event = this.#isReset ? 'reset' : 'changed';
    const text = this.#isReset ? '{}' : JSON.stringify({ changes: data });
    this.#changed.clear();
    this.#isReset = false;
    return `id: ${this.#position}\nevent: ${event}\ndata: ${text}\n\n`;
  }
}
