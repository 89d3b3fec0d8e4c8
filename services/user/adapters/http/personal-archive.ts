import { zip, type ZipEntry } from '#adapters/archive/zip.ts';
import { fromPersonalRecord } from '#adapters/http/personal-data.ts';
import type { Language, PersonalArchive, PersonalPart } from '../../core/application/export-person.ts';
import { fullName } from '../../core/domain/user.ts';
import type { OpenFile } from '../../core/ports/holders.ts';

interface Explanation {
  readonly fileName: string;
  readonly lines: (archive: PersonalArchive, shop: string) => readonly string[];
}

const nameOf = ({ user }: PersonalArchive): string => `${fullName(user)}, ${user.email} (${user.userId})`;

const EXPLANATIONS: Readonly<Record<Language, Explanation>> = {
  en: {
    fileName: 'README.txt',
    lines: (archive, shop) => [
      `Everything that ${shop} knows about you`,
      '',
      `For:      ${nameOf(archive)}`,
      `Written:  ${archive.at.toISOString()}`,
      '',
      'Each JSON file is what one part of the shop knows: a list of records, each with its kind and its data.',
      'A folder with the name of a part has the files that you have uploaded there, as they were.',
      'Times are in UTC. Amounts in whole numbers are in the smallest unit of their currency.',
    ],
  },
  de: {
    fileName: 'LIESMICH.txt',
    lines: (archive, shop) => [
      `Alles, was ${shop} über Sie weiß`,
      '',
      `Für:      ${nameOf(archive)}`,
      `Erstellt: ${archive.at.toISOString()}`,
      '',
      'Jede JSON-Datei enthält, was ein Teil des Shops weiß: eine Liste von Einträgen, jeder mit seiner Art (kind) und seinen Daten (data).',
      'Ein Ordner mit dem Namen eines Teils enthält die Dateien, die Sie dort hochgeladen haben, so, wie sie waren.',
      'Zeiten sind in UTC angegeben. Beträge in ganzen Zahlen sind in der kleinsten Einheit ihrer Währung angegeben.',
    ],
  },
};

const textIn = ({ lines }: Explanation, archive: PersonalArchive, shop: string): string =>
  [...lines(archive, shop), '', ...archive.services.map(({ name }) => `${name}.json`), ''].join('\n');

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
  const explanation = EXPLANATIONS[archive.language];
  yield { name: explanation.fileName, content: textOf(textIn(explanation, archive, shop)) };
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
