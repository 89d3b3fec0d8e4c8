import type { Letter, Mail } from '../domain/letter.ts';
import type { Delivery } from '../domain/notification.ts';

/** The way out. Called outside any transaction, and maybe again with the same mail. */
export interface Mailer {
  /** Throws when the mail may be tried again; neither errors nor reasons name anybody. */
  send(mail: Mail): Promise<Delivery>;
}

/** Makes a mail of a letter by its template. */
export interface Printer {
  print(letter: Letter): Mail;
}
