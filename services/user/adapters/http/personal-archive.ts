import { fromPersonalRecord } from '#adapters/http/personal-data.ts';
import type { PersonalArchive } from '../../core/application/export-person.ts';

const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** As JSON Lines: the user, the records, and how many they are, which a file that broke off lacks. */
export async function* archiveLines({ userId, at, services }: PersonalArchive): AsyncIterable<string> {
  yield line({ user_id: userId, generated_at: at.toISOString() });
  let count = 0;
  for (const { name, records } of services)
    for await (const record of records) {
      count += 1;
      yield line({ service: name, ...fromPersonalRecord(record) });
    }
  yield line({ records: count });
}
