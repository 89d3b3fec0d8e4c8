import type { Clock } from '#kernel/clock.ts';
import type { PersonalData, PersonalPage, PersonalRecord, Person } from '#kernel/personal-data.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Holders, OpenFile } from '../ports/holders.ts';
import type { NotOwner, Owner, OwnerProof, ProveOwner } from './prove-owner.ts';

/** Of the explanation in an archive. */
export type Language = 'en' | 'de';

/** Everything that the platform knows about a user. */
export interface PersonalArchive {
  readonly user: Owner;
  readonly at: Date;
  readonly language: Language;
  readonly services: readonly PersonalPart[];
}

/** What a service knows. */
export interface PersonalPart {
  readonly name: string;
  readonly records: AsyncIterable<PersonalRecord>;
  /** The file of one of its records, if it has one. */
  readonly fileOf: (record: PersonalRecord) => OpenFile | undefined;
}

/** The address only if it is proved: others may have used one that is not theirs. */
export const personOf = ({ userId, email, emailVerifiedAt }: Owner): Person => ({
  userId,
  ...(emailVerifiedAt ? { email } : {}),
});

type Source = (cursor: string | undefined) => Promise<PersonalPage>;

async function* recordsOf(first: PersonalPage, source: Source): AsyncIterable<PersonalRecord> {
  let page = first;
  for (;;) {
    yield* page.items;
    if (page.next === undefined) return;
    page = await source(page.next);
  }
}

/** What the person has chosen for messages, which is one of the records; English if they have not. */
const languageIn = (pages: readonly PersonalPage[]): Language => {
  const records = pages.flatMap(({ items }) => items);
  const chosen = records.find(({ kind }) => kind === 'preferences')?.data['locale'];
  return chosen === 'de' ? 'de' : 'en';
};

export interface ExportPerson {
  readonly userId: string;
  readonly proof: OwnerProof;
}

type Refused = NotOwner | Refusal<'UNAVAILABLE'>;

/**
 * Page by page. It begins only when every service has answered, so that an outage is a refusal rather than half an archive.
 * @param own what this service knows
 */
export const makeExportPerson =
  (proveOwner: ProveOwner, own: Pick<PersonalData, 'read'>, holders: Holders, clock: Clock) =>
  async ({ userId, proof }: ExportPerson): Promise<Result<PersonalArchive, Refused>> => {
    const proven = await proveOwner(userId, proof);
    if (!proven.ok) return proven;
    const person = personOf(proven.value);
    const begin = async (name: string, source: Source) => {
      const first = await source(undefined).catch(() => undefined);
      return { name, source, first };
    };
    const begun = await Promise.all([
      begin('user', (cursor) => own.read(person, cursor)),
      ...holders.names.map((name) => begin(name, (cursor) => holders.read(name, person, cursor))),
    ]);
    const missing = begun.filter(({ first }) => !first).map(({ name }) => name);
    if (missing.length === 0) {
      const services = begun.flatMap(({ name, source, first }): readonly PersonalPart[] =>
        first
          ? [
              {
                name,
                records: recordsOf(first, source),
                fileOf: (record) => holders.fileOf(name, person, record),
              },
            ]
          : [],
      );
      const language = languageIn(begun.flatMap(({ first }) => first ?? []));
      return ok({ user: proven.value, at: clock.now(), language, services });
    }
    return refuse('UNAVAILABLE', `Not available at the moment: ${missing.join(', ')}. Try again later.`);
  };
