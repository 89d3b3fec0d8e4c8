/** A document with this ID, or with a unique value, already exists. */
export class DuplicateDocument extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'DuplicateDocument';
  }
}
