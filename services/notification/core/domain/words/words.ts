import type { Money } from '#kernel/money.ts';
import type { Facts } from '../news.ts';
import type { MailKind } from '../mail.ts';

type Sentences = Readonly<Record<string, string>>;

/** What mails say in one language, beside their templates. Times are UTC. */
export interface Words {
  /** "1 March 2026". */
  readonly day: (timestamp: string) => string;
  /** "1 March 2026 at 12:30 UTC". */
  readonly moment: (timestamp: string) => string;
  readonly money: (amount: Money) => string;
  /** After "Dear", if the name reads like a message. */
  readonly customer: string;
  readonly unknownProgram: string;
  /** "Firefox on Windows". */
  readonly programOn: (browser: string, system: string) => string;
  /** Sentences by reason, and one for reasons that are not among them. */
  readonly cancellations: Sentences;
  readonly otherCancellation: string;
  readonly refusals: Sentences;
  readonly otherRefusal: string;
  readonly refunds: Sentences;
  /** What happened to the second factors of an account. */
  readonly factorChanges: Sentences;
  readonly otherFactorChange: string;
  /** Kinds of records that an erasure keeps, and the reasons. */
  readonly keptKinds: Sentences;
  readonly keptReasons: Sentences;
  /** "orders (2), until 1 March 2036, because …"; a number and a date are formatted. */
  readonly kept: (count: number, kind: string, reason: string, until: string | undefined) => string;
  /** Of a text entered by staff. */
  readonly reason: (text: string) => string;
  readonly subjects: { readonly [Kind in MailKind]: (facts: Facts[Kind]) => string };
}
