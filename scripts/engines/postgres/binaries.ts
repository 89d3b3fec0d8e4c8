import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from '../install/debian.ts';

const DEBIAN = '/usr/lib/postgresql';
const PROGRAMS = ['postgres', 'initdb', 'pg_isready', 'psql'];

/** The folder of the programs: Debian's newest, else the one on the PATH. */
const find = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => PROGRAMS.every((program) => existsSync(join(folder, program))));
};

/** The folder of PostgreSQL's programs; installs them where it may, else throws and says what to do. */
export const postgresBinaries = async (): Promise<string> => {
  const found = find();
  if (found !== undefined) return found;
  await installPackages('PostgreSQL', 'postgresql');
  const installed = find();
  if (installed === undefined)
    throw new Error('postgresql was installed, but its programs are not to be found.');
  return installed;
};
