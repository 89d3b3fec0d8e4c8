/** At most one request per key: those that arrive while it is in flight share it. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>();

  share(key: string, make: () => Promise<T>): Promise<T> {
    const inFlight = this.#flights.get(key);
    if (inFlight) return inFlight;
    const made = make().finally(() => this.#flights.delete(key));
    this.#flights.set(key, made);
    return made;
  }
}

interface Line<T> {
  readonly current: Promise<T>;
  /** Starts when the current request has ended. */
  next?: Promise<T>;
}

/**
 * The same, but those that arrive while a request is in flight share the next one, which starts after they arrived: the load does
 * not grow with the number of callers, and no response is older than its request.
 */
export class NextFlight<T> {
  readonly #lines = new Map<string, Line<T>>();

  share(key: string, make: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key);
    if (!line) return this.#begin(key, make);
    const begin = (): Promise<T> => this.#begin(key, make);
    return (line.next ??= line.current.then(begin, begin));
  }

  #begin(key: string, make: () => Promise<T>): Promise<T> {
    const line: Line<T> = { current: make() };
    this.#lines.set(key, line);
    const over = (): void => {
      if (!line.next) this.#lines.delete(key);
    };
    line.current.then(over, over);
    return line.current;
  }
}
