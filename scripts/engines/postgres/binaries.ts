import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from '../install/debian.ts';

const DEBIAN = '/usr/lib/postgresql';
const PROGRAMS = ['postgres', 'initdb', 'pg_isready', 'psql'];

/** The folder of PostgreSQL's programs, if it is installed: Debian's newest, else the one on the PATH. */
export const findPostgres = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => PROGRAMS.every((program) => existsSync(join(folder, program))));
};

/** The folder of PostgreSQL's programs; installs them where it may, else throws and says what to do. */
export const postgresBinaries = async (): Promise<string> => {
  const found = findPostgres();
  if (found !== undefined) return found;
  await installPackages('PostgreSQL', 'postgresql');
  const installed = findPostgres();
  if (installed === undefined) throw new Error('postgresql was installed, but its programs were not found.');
  return installed;
};
