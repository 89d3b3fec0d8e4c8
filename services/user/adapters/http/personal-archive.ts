import { zip, type ZipEntry } from '#adapters/archive/zip.ts';
import { fromPersonalRecord } from '#adapters/http/personal-data.ts';
import type { PersonalArchive, PersonalPart } from '../../core/application/export-person.ts';
import { fullName } from '../../core/domain/user.ts';
import type { OpenFile } from '../../core/ports/holders.ts';

const README = 'README.txt';

const readme = ({ user, at, services }: PersonalArchive, shop: string): string =>
  [
    `Everything that ${shop} knows about you`,
    '',
    `For:      ${fullName(user)}, ${user.email} (${user.userId})`,
    `Written:  ${at.toISOString()}`,
    '',
    'Each JSON file is what one part of the shop knows: a list of records, each with its kind and its data.',
    'A folder with the name of a part has the files that you have uploaded there, as they were.',
    'Times are in UTC. Amounts in whole numbers are in the smallest unit of their currency.',
    '',
    ...services.map(({ name }) => `${name}.json`),
    '',
  ].join('\n');

async function* textOf(text: string): AsyncIterable<string> {
  yield text;
}

/** A JSON list; `files` collects those of the records. */
async function* recordsOf({ records, fileOf }: PersonalPart, files: OpenFile[]): AsyncIterable<string> {
  let separator = '[\n';
  for await (const record of records) {
    yield `${separator}${JSON.stringify(fromPersonalRecord(record))}`;
    separator = ',\n';
    const file = fileOf(record);
    if (file) files.push(file);
  }
  yield separator === ',\n' ? '\n]\n' : '[]\n';
}

async function* entriesOf(archive: PersonalArchive, shop: string): AsyncIterable<ZipEntry> {
  yield { name: README, content: textOf(readme(archive, shop)) };
  for (const part of archive.services) {
    const files: OpenFile[] = [];
    yield { name: `${part.name}.json`, content: recordsOf(part, files) };
    for (const open of files) {
      const file = await open();
      if (file) yield { name: `${part.name}/${file.name}`, content: file.content };
    }
  }
}

/** As a zip file: an explanation, a JSON file per service, and the person's own files. One that broke off cannot be opened. */
export const personalZip = (archive: PersonalArchive, shop: string): AsyncIterable<Uint8Array> =>
  zip(entriesOf(archive, shop), archive.at);
