/** A response body that is JSON already, of a `T`: it is sent as it is. */
export class JsonText<T> {
  readonly text: string;
  /** Never set. */
  declare readonly of: T;

  constructor(text: string) {
    this.text = text;
  }
}
