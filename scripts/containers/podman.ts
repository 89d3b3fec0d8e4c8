import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, onPath } from '../engines/install/debian.ts';
import { run } from '../engines/install/run.ts';

/** Debian's podman, and what it runs containers, makes networks and resolves names with. */
const PACKAGES = ['podman', 'runc', 'catatonit', 'netavark', 'aardvark-dns', 'iptables'];
const NEEDED = ['podman', 'runc', 'catatonit', 'iptables'];

/** For machines without systemd or with cgroups of version 1; limits as every user may have them. */
const CONFIG = `[containers]
default_ulimits = ["nofile=16384:16384", "nproc=4096:4096"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
`;

/** Keeps our images and containers. */
const HOME = fileURLToPath(new URL('../../.cache/podman', import.meta.url));

/** Builds and runs containers; with images, containers and networks of its own, apart from those of the machine. */
export interface Podman {
  /** Runs a command of podman to its end and returns what it wrote; throws `ProgramFailed`. */
  (...args: readonly string[]): Promise<string>;
  /** The program that does the same, for those who call podman by its path. */
  readonly program: string;
  /** Starts a container that has been created. (Its monitor would keep a pipe open, which `run` reads to its end.) */
  start(container: string): Promise<void>;
  /** What a container has written, to standard output or error. */
  logs(container: string): Promise<string>;
}

/**
 * Installs podman if it is missing. Containers are those of root, so it needs root.
 * @param home the folder of its images and containers
 */
export const openPodman = async (home = HOME): Promise<Podman> => {
  if (NEEDED.some((program) => onPath(program) === undefined)) await installPackages('podman', ...PACKAGES);
  await mkdir(home, { recursive: true });
  const config = join(home, 'containers.conf');
  await writeFile(config, CONFIG);
  const folder = (name: string): string => join(home, name);
  const options = ['--root', folder('root'), '--runroot', folder('run'), '--tmpdir', folder('tmp')];
  options.push('--network-config-dir', folder('net'), '--storage-driver', 'overlay');
  const program = join(home, 'podman');
  const exports = `export CONTAINERS_CONF='${config}' BUILDAH_ISOLATION=chroot`;
  await writeFile(program, `#!/bin/sh\n${exports}\nexec podman ${options.join(' ')} "$@"\n`, { mode: 0o755 });
  const start = async (container: string): Promise<void> => {
    const child = spawn(program, ['start', container], { stdio: 'ignore' });
    const code = await new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    if (code !== 0) throw new Error(`podman start ${container}: ${String(code)}`);
  };
  return Object.assign((...args: readonly string[]) => run(program, args), {
    program,
    start,
    logs: (container: string) => run('sh', ['-c', '"$0" logs "$1" 2>&1', program, container]),
  });
};
