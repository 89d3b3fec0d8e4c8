import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { temporaryFolder } from './cleanup.ts';

/** Prints name → bytes in base64; fails if a checksum is wrong. */
const READ = `
import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps({one.filename: base64.b64encode(archive.read(one)).decode() for one in archive.infolist()}))`;

/** Python can open zip files independently of our code. */
export const canUnzip = spawnSync('python3', ['--version']).status === 0;

/** The files in a zip file, by name. Throws if Python cannot read it. */
export const unzipped = (bytes: Uint8Array): Readonly<Record<string, Buffer>> => {
  const file = join(temporaryFolder(), 'archive.zip');
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = spawnSync('python3', ['-c', READ, file], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  if (status !== 0) throw new Error(stderr);
  const files = z.record(z.string(), z.string()).parse(JSON.parse(stdout));
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text, 'base64')]));
};
