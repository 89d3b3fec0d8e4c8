import { readFileSync, readdirSync } from 'node:fs';
import { loadSpec } from '#adapters/http/spec.ts';
import { eventChanges } from './event-freeze.ts';
import { pairsIn, parseContract, fileOf, type Contract } from '#test/kit/pact/files.ts';
import { apiBreaches, type ApiDocument } from './openapi-compat.ts';
import { lakeChanges } from './lake-freeze.ts';
import { lostExpectations } from './pact-freeze.ts';
import type { Breach } from './schema-compat.ts';

const ROOT = new URL('../../', import.meta.url);

/** What clients rely on: a folder, the copy of its last release, and what in it would break them. */
export interface Contracts {
  readonly folder: URL;
  readonly published: URL;
  readonly ending: string;
  readonly breaches: (published: URL, now: URL) => readonly Breach[];
}

const namesIn = (folder: URL, ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();

/** `loadSpec` reads less of a document than is compared here. */
const load = (file: URL): ApiDocument => loadSpec(file) as unknown as ApiDocument;

const brokenApis = (published: URL, now: URL): readonly Breach[] => {
  const names = new Set(namesIn(now, '.yaml'));
  return namesIn(published, '.yaml')
    .filter((name) => name !== 'common.yaml')
    .flatMap((name) =>
      names.has(name)
        ? apiBreaches(load(new URL(name, published)), load(new URL(name, now)))
        : [{ kind: 'file-removed', where: name, detail: '' }],
    );
};

const filesIn = (folder: URL): ReadonlyMap<string, unknown> =>
  new Map(
    namesIn(folder, '.json').map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
  );

const pactsIn = (folder: URL): readonly Contract[] =>
  pairsIn(folder).map((pair) => parseContract(readFileSync(fileOf(pair, folder), 'utf8')));

export const CONTRACTS = {
  openapi: {
    folder: new URL('openapi/', ROOT),
    published: new URL('openapi/published/', ROOT),
    ending: '.yaml',
    breaches: brokenApis,
  },
  events: {
    folder: new URL('contracts/events/', ROOT),
    published: new URL('contracts/events/published/', ROOT),
    ending: '.json',
    breaches: (published, now) => eventChanges(filesIn(published), filesIn(now)),
  },
  lake: {
    folder: new URL('contracts/lake/', ROOT),
    published: new URL('contracts/lake/published/', ROOT),
    ending: '.json',
    breaches: (published, now) => lakeChanges(filesIn(published), filesIn(now)),
  },
  pacts: {
    folder: new URL('contracts/pacts/', ROOT),
    published: new URL('contracts/pacts/published/', ROOT),
    ending: '.json',
    breaches: (published, now) => lostExpectations(pactsIn(published), pactsIn(now)),
  },
} as const satisfies Readonly<Record<string, Contracts>>;

/** The files of a release. */
export const filesOf = ({ folder, ending }: Contracts): readonly string[] => namesIn(folder, ending);
