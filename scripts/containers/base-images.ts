import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureProgram } from '../engines/install/debian.ts';
import { run } from '../engines/install/run.ts';
import type { Podman } from './podman.ts';

const NPM = '11.6.0';

/** What an image of Docker's library has, as far as our Dockerfiles use it. */
interface BaseImage {
  readonly name: string;
  /** Packages of Debian, besides the essential ones. */
  readonly packages: readonly string[];
  readonly command: string;
  /** Adds what does not come from Debian. */
  readonly fill: (root: string) => Promise<void>;
}

/** The certificate authorities of this machine, which may be behind a proxy of its own. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

const fillNode = async (root: string): Promise<void> => {
  const at = (path: string): string => join(root, 'usr/local', path);
  for (const folder of ['bin', 'etc', 'lib/node_modules/npm']) await mkdir(at(folder), { recursive: true });
  await cp(process.execPath, at('bin/node'));
  const download = join(root, 'npm');
  await mkdir(download);
  const tarball = (await run('npm', ['pack', '--silent', `npm@${NPM}`], { cwd: download })).trim();
  await run('tar', [
    '-xzf',
    join(download, tarball),
    '-C',
    at('lib/node_modules/npm'),
    '--strip-components=1',
  ]);
  await rm(download, { recursive: true });
  for (const program of ['npm', 'npx'])
    await symlink(`../lib/node_modules/npm/bin/${program}-cli.js`, at(`bin/${program}`));
  await writeFile(at('etc/npmrc'), `cafile=${AUTHORITIES}\n`);
};

const fillPython = async (root: string): Promise<void> => {
  const bin = join(root, 'usr/local/bin');
  await mkdir(bin, { recursive: true });
  for (const program of ['python', 'python3']) await symlink('/usr/bin/python3', join(bin, program));
  await writeFile(join(root, 'etc/pip.conf'), `[global]\ncert = ${AUTHORITIES}\n`);
};

export const NODE: BaseImage = {
  name: 'docker.io/library/node:24-bookworm-slim',
  packages: ['ca-certificates', 'libstdc++6'],
  command: 'node',
  fill: fillNode,
};

export const PYTHON: BaseImage = {
  name: 'docker.io/library/python:3.11-slim-bookworm',
  packages: ['ca-certificates', 'libstdc++6', 'python3', 'python3-pip'],
  command: 'python3',
  fill: fillPython,
};

const UNUSED = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*'];

/**
 * Makes a stand-in for a base image from packages of Debian, under its name: no registry of images is needed. An image that is
 * already there under that name, such as the real one, is used as it is.
 */
export const ensureBaseImage = async (
  podman: Podman,
  { name, packages, command, fill }: BaseImage,
): Promise<void> => {
  const isThere = await podman('image', 'exists', name).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const mmdebstrap = await ensureProgram('mmdebstrap', 'mmdebstrap');
  const folder = await mkdtemp(join(tmpdir(), 'shop-image-'));
  try {
    const [more, archive] = [join(folder, 'more'), join(folder, 'root.tar')];
    for (const path of ['etc', 'usr/local']) await mkdir(join(more, path), { recursive: true });
    await mkdir(dirname(join(more, AUTHORITIES)), { recursive: true });
    await fill(more);
    await cp(AUTHORITIES, join(more, AUTHORITIES));
    await run(mmdebstrap, [
      '--quiet',
      '--variant=essential',
      `--include=${packages.join()}`,
      ...UNUSED.map((path) => `--dpkgopt=path-exclude=${path}`),
      `--customize-hook=cp -a ${more}/. "$1"`,
      'bookworm',
      archive,
    ]);
    const changes = ['ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', `CMD ["${command}"]`];
    await podman('import', '--quiet', ...changes.flatMap((change) => ['--change', change]), archive, name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
