import { KEPT, type ChangeLog, type Progress } from './change-log.ts';
import type { Change } from './changes.ts';

interface Entry {
  readonly position: string;
  readonly changes: readonly Change[];
}

/** For a single gateway. Positions of an earlier process are unknown. */
export class MemoryChangeLog implements ChangeLog {
  readonly #began = Date.now();
  #count = 0;
  #entries: Entry[] = [];

  constructor() {
    this.#add([]);
  }

  append(changes: readonly Change[]): Promise<void> {
    this.#add(changes);
    return Promise.resolve();
  }

  end(): Promise<string> {
    return Promise.resolve(this.#entries.at(-1)?.position ?? '');
  }

  async after(position: string): Promise<Progress | undefined> {
    const at = this.#entries.findLastIndex((entry) => entry.position === position);
    if (at < 0) return undefined;
    const changes = this.#entries.slice(at + 1).flatMap((entry) => entry.changes);
    return { changes, position: await this.end() };
  }

  #add(changes: readonly Change[]): void {
    this.#count += 1;
    this.#entries.push({ position: `${this.#began}-${this.#count}`, changes });
    if (this.#entries.length > KEPT) this.#entries.shift();
  }
}
